import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, type Summary, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import { startWorker, type Worker } from '../lib/worker.ts'
import type { ClientTasks } from './clients/main.ts'
import { robotFrame, WINDOW } from './message.ts'
import type { ServerTasks } from './server/main.ts'

const ROUNDS = 15
const WARM_UP = 60_000
const FRAMES = 20_000

/** One client and the server that floods it, each in a process that it shares with nobody. */
interface Pair {
  readonly name: string
  readonly client: Worker<ClientTasks>
  readonly server: Worker<ServerTasks>
}

interface Load {
  readonly framesPerSecond: number
  /** CPU time of the client's process, its garbage collector included. */
  readonly microsPerFrame: number
  /** Cores that each side kept busy. A client below 1 waited for the machine, a server at 1 is what was measured. */
  readonly clientCores: number
  readonly serverCores: number
}

/** How fast messages come in, when the server sends the next one for each answer. */
export async function benchThroughput(): Promise<void> {
  const bytes = Buffer.byteLength(robotFrame(0))
  console.log(`\nInbound: ${FRAMES} robot messages of ${bytes} bytes, ${WINDOW} in flight, ${ROUNDS} rounds`)
  console.log(
    '  Every client has a process and a server of its own, warm and connected from the first round to the last.',
  )
  console.log('  Plain ws://: what a write costs differs over wss://, and with it these ratios.\n')
  const pairs: Pair[] = []
  try {
    pairs.push(await startPair('bare ws', 'bare'))
    pairs.push(await startPair('dingtalk-stream', 'official'))
    pairs.push(await startPair('dingware', 'ours'))
    const contenders = pairs.map((pair): Contender<Load> => ({ name: pair.name, measure: () => measure(pair, FRAMES) }))
    const [bare = [], official = [], ours = []] = await measureInTurns(ROUNDS, contenders)
    printLoads({ 'bare ws': bare, 'dingtalk-stream': official, dingware: ours })
    printComparison(compare(ours, bare), compare(ours, official))
  } finally {
    await Promise.all(pairs.flatMap(({ client, server }) => [client.close(), server.close()]))
  }
}

async function startPair(name: string, kind: Parameters<ClientTasks['open']>[0]['client']): Promise<Pair> {
  const server = await startWorker<ServerTasks>(new URL('./server/main.ts', import.meta.url))
  const client = await startWorker<ClientTasks>(new URL('./clients/main.ts', import.meta.url))
  await client.ask('open', { client: kind, url: await server.ask('url') })
  await server.ask('flood', { frames: WARM_UP, check: true })
  return { name, client, server }
}

async function measure({ client, server }: Pair, frames: number): Promise<Load> {
  const before = await client.ask('usage')
  const { ms, serverCpuMs } = await server.ask('flood', { frames, check: false })
  const after = await client.ask('usage')
  if (after.messagesRead - before.messagesRead !== frames) throw new Error('Some messages were answered unread.')
  const cpuMicros = after.cpuMicros - before.cpuMicros
  return {
    framesPerSecond: frames / (ms / 1_000),
    microsPerFrame: cpuMicros / frames,
    clientCores: cpuMicros / 1_000 / ms,
    serverCores: serverCpuMs / ms,
  }
}

function printLoads(lanes: Readonly<Record<string, readonly Load[]>>): void {
  const header = ['median (min–max)', 'frames/s', 'client CPU µs/frame', 'client cores', 'server cores']
  const rows = Object.entries(lanes).map(([name, loads]) => [
    name,
    formatSummary(summarize(speedsOf(loads))),
    formatSummary(summarize(costsOf(loads)), 1),
    formatSummary(summarize(loads.map(load => load.clientCores)), 2),
    formatSummary(summarize(loads.map(load => load.serverCores)), 2),
  ])
  printTable(header, rows)
}

interface Comparison {
  readonly speed: Summary
  readonly cost: Summary
}

function compare(ours: readonly Load[], rival: readonly Load[]): Comparison {
  return {
    speed: summarize(ratios(speedsOf(ours), speedsOf(rival))),
    cost: summarize(ratios(costsOf(ours), costsOf(rival))),
  }
}

function printComparison(toBare: Comparison, toOfficial: Comparison): void {
  const row = (name: string, { speed, cost }: Comparison): string[] => [
    name,
    formatSummary(speed, 2),
    formatSummary(cost, 2),
  ]
  console.log('\n  dingware against each of them, round by round\n')
  const header = ['median (min–max)', 'frames/s', 'client CPU per frame']
  printTable(header, [row('bare ws', toBare), row('dingtalk-stream', toOfficial)])
  console.log()
  verdict('dingware ≥ 0.80 × bare ws, frames/s', toBare.speed.median >= 0.8, toBare.speed.median, 2)
  verdict('dingware ≥ 1.25 × dingtalk-stream, frames/s', toOfficial.speed.median >= 1.25, toOfficial.speed.median, 2)
}

function speedsOf(loads: readonly Load[]): number[] {
  return loads.map(load => load.framesPerSecond)
}

function costsOf(loads: readonly Load[]): number[] {
  return loads.map(load => load.microsPerFrame)
}
