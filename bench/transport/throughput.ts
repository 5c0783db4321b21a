import { collectGarbage } from '../lib/garbage.ts'
import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import { openBare } from './clients/bare.ts'
import type { OpenClient } from './clients/client.ts'
import { openOfficial } from './clients/official.ts'
import { openOurs } from './clients/ours.ts'
import type { Server } from './server/server.ts'

const ROUNDS = 15
const WINDOW = 64
const WARM_UP = 4_000
const FRAMES = 20_000

interface Load {
  readonly framesPerSecond: number
  /** CPU time of the client's process, its garbage collector included. */
  readonly microsPerFrame: number
  /** How busy one core was with each side, 0 to 1 (the client's threads can take it beyond). */
  readonly clientLoad: number
  readonly serverLoad: number
}

/** How fast messages come in, when the server sends the next one for each answer. */
export async function benchThroughput(server: Server): Promise<void> {
  console.log(`\nInbound: ${FRAMES.toLocaleString('en-US')} robot messages, ${WINDOW} in flight, ${ROUNDS} rounds\n`)
  const contender = (name: string, open: OpenClient): Contender<Load> => ({ name, measure: () => measure(server, open) })
  const contenders = [
    contender('bare ws', openBare),
    contender('dingware', openOurs),
    contender('dingtalk-stream', openOfficial),
  ]
  const [bare = [], ours = [], official = []] = await measureInTurns(ROUNDS, contenders)
  printLoads(contenders.map(({ name }) => name), [bare, ours, official])
  const speedOf = (loads: readonly Load[]): number[] => loads.map(load => load.framesPerSecond)
  const toBare = summarize(ratios(speedOf(ours), speedOf(bare))).median
  const toOfficial = summarize(ratios(speedOf(ours), speedOf(official))).median
  console.log()
  verdict('dingware ≥ 0.80 × bare ws', toBare >= 0.8, toBare, 2)
  verdict('dingware ≥ 1.25 × dingtalk-stream', toOfficial >= 1.25, toOfficial, 2)
}

async function measure(server: Server, open: OpenClient): Promise<Load> {
  const client = await open(server.url)
  await server.flood({ frames: WARM_UP, window: WINDOW, check: true })
  collectGarbage()
  const cpu = process.cpuUsage()
  const { ms, serverCpuMs } = await server.flood({ frames: FRAMES, window: WINDOW, check: false })
  const { user, system } = process.cpuUsage(cpu)
  await client.close()
  return {
    framesPerSecond: FRAMES / (ms / 1_000),
    microsPerFrame: (user + system) / FRAMES,
    clientLoad: (user + system) / 1_000 / ms,
    serverLoad: serverCpuMs / ms,
  }
}

function printLoads(names: readonly string[], lanes: readonly (readonly Load[])[]): void {
  const header = ['median (min–max)', 'frames/s', 'client CPU µs/frame', 'cores: client', 'server']
  const column = (lane: readonly Load[], pick: (load: Load) => number, digits: number): string =>
    formatSummary(summarize(lane.map(pick)), digits)
  const rows = lanes.map((lane, index) => [
    names[index] ?? '',
    column(lane, load => load.framesPerSecond, 0),
    column(lane, load => load.microsPerFrame, 1),
    column(lane, load => load.clientLoad, 2),
    column(lane, load => load.serverLoad, 2),
  ])
  printTable(header, rows)
}
