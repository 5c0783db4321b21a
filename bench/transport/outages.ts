import { collectGarbage } from '../lib/garbage.ts'
import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import type { OpenClient } from './clients/client.ts'
import { openOfficial } from './clients/official.ts'
import { openOurs } from './clients/ours.ts'
import type { Interruption, InterruptionOptions } from './server/interruption.ts'
import type { Server } from './server/server.ts'

const ROUNDS = 9
const TAIL = 1_000
const RATE = 100

/** The platform announces that it will close a connection. */
export async function benchAnnouncedClose(server: Server): Promise<void> {
  console.log(`\nGraceful disconnect: SYSTEM "disconnect" at ${RATE} pushes/s, ${ROUNDS} rounds`)
  console.log('  Nothing more is delivered on that socket. Its TCP connection is closed after')
  console.log(`  ${TAIL / 1_000} s here; the platform takes about 10 s, so that the official client would lose more.\n`)
  const { ours, pair } = await compare(server, 'announced')
  console.log()
  promiseNoLoss('dingware loses no push', ours)
  promiseNoLoss('dingware with two connections loses no push', pair)
}

/** The network drops a connection. */
export async function benchAbruptDrop(server: Server): Promise<void> {
  console.log(`\nAbrupt drop: the server destroys a socket at ${RATE} pushes/s, ${ROUNDS} rounds\n`)
  const { ours, pair } = await compare(server, 'abrupt')
  const gap = summarize(ours.map(round => round.gapMs)).median
  console.log()
  verdict('dingware is back within 150 ms (median)', gap <= 150, gap)
  promiseNoLoss('dingware with two connections loses no push', pair)
}

interface Rounds {
  readonly official: readonly Interruption[]
  readonly ours: readonly Interruption[]
  /** Ours with two connections, of which one is taken away. */
  readonly pair: readonly Interruption[]
}

async function compare(server: Server, kind: InterruptionOptions['kind']): Promise<Rounds> {
  const contender = (name: string, open: OpenClient, connections: number): Contender<Interruption> => ({
    name,
    async measure() {
      collectGarbage()
      // A new client each round: one that was just interrupted waits longer the next time.
      const client = await open(server.url, connections)
      const interruption = await server.interrupt({ kind, tailMs: TAIL, pushesPerSecond: RATE })
      await client.close()
      return interruption
    },
  })
  const contenders = [
    contender('dingtalk-stream', openOfficial, 1),
    contender('dingware', openOurs, 1),
    contender('dingware, connections: 2', openOurs, 2),
  ]
  const [official = [], ours = [], pair = []] = await measureInTurns(ROUNDS, contenders)
  printInterruptions(contenders.map(({ name }) => name), [official, ours, pair])
  return { official, ours, pair }
}

function printInterruptions(names: readonly string[], lanes: readonly (readonly Interruption[])[]): void {
  const gapsOf = (lane: readonly Interruption[]): number[] => lane.map(round => round.gapMs)
  const base = gapsOf(lanes[0] ?? [])
  const header = ['median (min–max)', 'pushes lost', 'ms until connected again', 'ratio of ms']
  const rows = lanes.map((lane, index) => [
    names[index] ?? '',
    formatSummary(summarize(lane.map(round => round.homeless))),
    formatSummary(summarize(gapsOf(lane)), 1),
    formatSummary(summarize(ratios(gapsOf(lane), base)), 3),
  ])
  printTable(header, rows)
}

function promiseNoLoss(promise: string, rounds: readonly Interruption[]): void {
  const { median } = summarize(rounds.map(round => round.homeless))
  verdict(`${promise} (median)`, median === 0, median)
}
