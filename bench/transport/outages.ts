import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, type Summary, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import type { Worker } from '../lib/worker.ts'
import type { OpenClient } from './clients/client.ts'
import { openOfficial } from './clients/official.ts'
import { openOurs } from './clients/ours.ts'
import type { Interruption, InterruptionOptions } from './server/interruption.ts'
import type { ServerTasks } from './server/main.ts'

const ROUNDS = 9
const TAIL = 1_000
const RATE = 100

/** The platform announces that it will close a connection. */
export async function benchAnnouncedClose(server: Worker<ServerTasks>): Promise<void> {
  console.log(`\nGraceful disconnect: SYSTEM "disconnect" at ${RATE} pushes/s, ${ROUNDS} rounds`)
  console.log('  Nothing more is delivered on that socket, whose TCP connection the server closes later: here after')
  console.log(
    `  ${TAIL / 1_000} s, on the platform after about 10 s. A client that waits for that loses as many more.\n`,
  )
  const { ours, pair } = await compare(server, 'announced')
  console.log()
  const lost = lossesOf(ours)
  verdict('dingware loses no push (median)', lost.median === 0, lost.median)
  promiseNoLoss(pair)
}

/** The network drops a connection. */
export async function benchAbruptDrop(server: Worker<ServerTasks>): Promise<void> {
  console.log(`\nAbrupt drop: the server destroys a socket at ${RATE} pushes/s, ${ROUNDS} rounds\n`)
  const { ours, pair } = await compare(server, 'abrupt')
  const gap = summarize(ours.map(round => round.gapMs)).median
  console.log()
  verdict('dingware is back within 150 ms (median)', gap <= 150, gap)
  promiseNoLoss(pair)
}

interface Rounds {
  readonly official: readonly Interruption[]
  readonly ours: readonly Interruption[]
  /** Ours with two connections, of which one is taken away. */
  readonly pair: readonly Interruption[]
}

async function compare(server: Worker<ServerTasks>, kind: InterruptionOptions['kind']): Promise<Rounds> {
  const url = await server.ask('url')
  const contender = (name: string, open: OpenClient, connections: number): Contender<Interruption> => ({
    name,
    async measure() {
      // A new client each round: one that was just interrupted waits longer the next time.
      const client = await open(url, connections)
      try {
        return await server.ask('interrupt', { kind, tailMs: TAIL, pushesPerSecond: RATE })
      } finally {
        await client.close()
      }
    },
  })
  const contenders = [
    contender('dingtalk-stream', openOfficial, 1),
    contender('dingware', openOurs, 1),
    contender('dingware, connections: 2', openOurs, 2),
  ]
  const [official = [], ours = [], pair = []] = await measureInTurns(ROUNDS, contenders)
  printInterruptions(
    contenders.map(({ name }) => name),
    [official, ours, pair],
  )
  return { official, ours, pair }
}

/** Ratios are against the first lane, round by round. */
function printInterruptions(names: readonly string[], lanes: readonly (readonly Interruption[])[]): void {
  const [base = []] = lanes
  const gapsOf = (lane: readonly Interruption[]): number[] => lane.map(round => round.gapMs)
  const lostOf = (lane: readonly Interruption[]): number[] => lane.map(round => round.homeless)
  const header = ['median (min–max)', 'pushes lost', 'ratio', 'ms until connected again', 'ratio']
  const rows = lanes.map((lane, index) => [
    names[index] ?? '',
    formatSummary(summarize(lostOf(lane))),
    formatSummary(summarize(ratios(lostOf(lane), lostOf(base))), 3),
    formatSummary(summarize(gapsOf(lane)), 1),
    formatSummary(summarize(ratios(gapsOf(lane), gapsOf(base))), 3),
  ])
  printTable(header, rows)
}

function lossesOf(rounds: readonly Interruption[]): Summary {
  return summarize(rounds.map(round => round.homeless))
}

function promiseNoLoss(pair: readonly Interruption[]): void {
  const { max } = lossesOf(pair)
  verdict('dingware with two connections loses no push (worst round)', max === 0, max)
}
