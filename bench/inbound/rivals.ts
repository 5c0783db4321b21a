import { type Figure, fixed } from '../lib/figure.ts'
import { measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import type { ClientName } from './clients.ts'
import { type Measure, type Pair, startPair } from './pair.ts'

const ROUNDS = 11
const WARM_UP = 60_000
const MESSAGES = 20_000
/** After so many messages the memory of the process is looked at. */
const MANY = 100_000
const LOAD = { window: 64, conversations: 64, bytes: 32 }

const NAMES: Readonly<Record<ClientName, string>> = {
  bare: 'bare ws, two parses, one stringify',
  official: 'dingtalk-stream',
  bot: 'dingware, the whole bot',
}

/** Each client side by side, round by round. */
export async function benchRivals(): Promise<Figure[]> {
  console.log(`\nInbound: ${MESSAGES} robot messages a round, ${LOAD.window} in flight, ${ROUNDS} rounds`)
  const pairs = new Map<ClientName, Pair>()
  try {
    const resident = new Map<ClientName, number>()
    for (const name of ['bare', 'official', 'bot'] as const) {
      const pair = await startPair(name)
      pairs.set(name, pair)
      await pair.flood({ ...LOAD, messages: WARM_UP })
      await pair.flood({ ...LOAD, messages: MANY - WARM_UP })
      resident.set(name, (await pair.usage()).residentMB)
    }
    const measured = await measureInTurns(
      ROUNDS,
      [...pairs].map(([name, pair]) => ({ name, measure: () => pair.flood({ ...LOAD, messages: MESSAGES }) })),
    )
    const [bare = [], official = [], bot = []] = measured
    print({ bare, official, bot }, resident)
    judge({ bare, official, bot }, resident)
    return figuresOf({ bare, official, bot }, resident)
  } finally {
    await Promise.all([...pairs.values()].map(pair => pair.close()))
  }
}

type Lanes = Readonly<Record<ClientName, readonly Measure[]>>

const FIGURES = { micros: 1, perSecond: 0, p99: 2 } as const
const column = (lane: readonly Measure[], figure: keyof typeof FIGURES): number[] => lane.map(it => it[figure])

function print(lanes: Lanes, resident: ReadonlyMap<ClientName, number>): void {
  const names = Object.keys(NAMES) as ClientName[]
  printTable(
    ['median (min–max)', 'CPU µs/message', 'messages/s', 'p99 ms', `MB after ${MANY}`],
    names.map(name => [
      NAMES[name],
      ...(['micros', 'perSecond', 'p99'] as const).map(figure =>
        formatSummary(summarize(column(lanes[name], figure)), FIGURES[figure]),
      ),
      (resident.get(name) ?? 0).toFixed(0),
    ]),
  )
}

function figuresOf(lanes: Lanes, resident: ReadonlyMap<ClientName, number>): Figure[] {
  const of = (figure: keyof typeof FIGURES): Figure['values'] => ({
    'bare ws': summarize(column(lanes.bare, figure)),
    'dingtalk-stream': summarize(column(lanes.official, figure)),
    dingware: summarize(column(lanes.bot, figure)),
  })
  const memory = {
    'bare ws': fixed(resident.get('bare') ?? Number.NaN),
    'dingtalk-stream': fixed(resident.get('official') ?? Number.NaN),
    dingware: fixed(resident.get('bot') ?? Number.NaN),
  }
  return [
    { name: 'CPU for a message', unit: 'µs', digits: 1, values: of('micros') },
    { name: 'Messages', unit: 'a second', isMoreBetter: true, values: of('perSecond') },
    { name: 'Answer of the slowest 1 %', unit: 'ms', digits: 1, values: of('p99') },
    { name: `Memory after ${MANY.toLocaleString('en-US')}`, unit: 'MB', values: memory },
  ]
}

function judge({ bare, official, bot }: Lanes, resident: ReadonlyMap<ClientName, number>): void {
  const against = (rival: readonly Measure[], figure: keyof typeof FIGURES) =>
    summarize(ratios(column(bot, figure), column(rival, figure)))
  const [cpu, speed, tail] = [against(bare, 'micros'), against(bare, 'perSecond'), against(bare, 'p99')]
  const memory = (resident.get('bot') ?? 0) / (resident.get('official') ?? 1)
  console.log('\n  dingware against each of them, round by round\n')
  printTable(
    ['median (min–max)', 'CPU', 'messages/s', 'p99'],
    [
      ['× bare ws', formatSummary(cpu, 2), formatSummary(speed, 2), formatSummary(tail, 2)],
      [
        '× dingtalk-stream',
        ...(['micros', 'perSecond', 'p99'] as const).map(figure => formatSummary(against(official, figure), 2)),
      ],
    ],
  )
  console.log()
  verdict('CPU for each message ≤ 1.15 × bare ws', cpu.median <= 1.15, cpu.median, 2)
  verdict('messages/s ≥ 0.95 × bare ws', speed.median >= 0.95, speed.median, 2)
  verdict('p99 ≤ 1.3 × bare ws', tail.median <= 1.3, tail.median, 2)
  verdict('resident memory ≤ 1.3 × dingtalk-stream', memory <= 1.3, memory, 2)
}
