import type { Figure } from '../lib/figure.ts'
import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable, verdict } from '../lib/table.ts'
import { startWorker, type Worker } from '../lib/worker.ts'
import { WINDOW } from '../transport/message.ts'
import type { ClientTasks } from './clients/main.ts'
import type { ServerTasks } from './server.ts'

const ROUNDS = 9
const WARM_UP = 3_000
const POSTS = 3_000

/** One client and the platform that it talks to, each in a process that it shares with nobody. */
interface Pair {
  readonly name: string
  readonly client: Worker<ClientTasks>
  readonly server: Worker<ServerTasks>
}

interface Load {
  readonly postsPerSecond: number
  /** CPU time of the client's process, its garbage collector included. */
  readonly microsPerPost: number
  readonly clientCores: number
  readonly serverCores: number
}

/** How fast an echo bot answers through the session webhook, beside the official client with axios. */
export async function run(): Promise<Figure[]> {
  console.log(`\nEcho through the session webhook: ${POSTS} replies, ${WINDOW} messages in flight, ${ROUNDS} rounds`)
  console.log('  A message counts when its reply has come in. Throttles are off; plain http:// and ws://.\n')
  const pairs: Pair[] = []
  try {
    pairs.push(await startPair('dingtalk-stream + axios', 'official'))
    pairs.push(await startPair('dingware', 'ours'))
    const contenders = pairs.map((pair): Contender<Load> => ({ name: pair.name, measure: () => measure(pair) }))
    const [official = [], ours = []] = await measureInTurns(ROUNDS, contenders)
    printLoads({ 'dingtalk-stream + axios': official, dingware: ours })
    const speed = summarize(ratios(speedsOf(ours), speedsOf(official)))
    const cost = summarize(ratios(costsOf(ours), costsOf(official)))
    console.log(`\n  dingware against it, round by round: ${formatSummary(speed, 2)} × the replies/s,`)
    console.log(`  ${formatSummary(cost, 2)} × the CPU for each\n`)
    verdict('dingware ≥ 1.5 × dingtalk-stream with axios, replies/s', speed.median >= 1.5, speed.median, 2)
    const values = { 'dingtalk-stream': summarize(speedsOf(official)), dingware: summarize(speedsOf(ours)) }
    return [{ name: 'Replies by webhook', unit: 'a second', isMoreBetter: true, values }]
  } finally {
    await Promise.all(pairs.flatMap(({ client, server }) => [client.close(), server.close()]))
  }
}

async function startPair(name: string, kind: 'official' | 'ours'): Promise<Pair> {
  const server = await startWorker<ServerTasks>(new URL('./server.ts', import.meta.url))
  const client = await startWorker<ClientTasks>(new URL('./clients/main.ts', import.meta.url))
  await client.ask('start', { client: kind, url: await server.ask('url') })
  await server.ask('flood', { posts: WARM_UP, check: true })
  return { name, client, server }
}

async function measure({ client, server }: Pair): Promise<Load> {
  const before = await client.ask('cpu')
  const { ms, serverCpuMs } = await server.ask('flood', { posts: POSTS, check: false })
  const cpu = (await client.ask('cpu')) - before
  return {
    postsPerSecond: POSTS / (ms / 1_000),
    microsPerPost: cpu / POSTS,
    clientCores: cpu / 1_000 / ms,
    serverCores: serverCpuMs / ms,
  }
}

function printLoads(lanes: Readonly<Record<string, readonly Load[]>>): void {
  const header = ['median (min–max)', 'replies/s', 'client CPU µs/reply', 'client cores', 'server cores']
  const rows = Object.entries(lanes).map(([name, loads]) => [
    name,
    formatSummary(summarize(speedsOf(loads))),
    formatSummary(summarize(costsOf(loads))),
    formatSummary(summarize(loads.map(load => load.clientCores)), 2),
    formatSummary(summarize(loads.map(load => load.serverCores)), 2),
  ])
  printTable(header, rows)
}

function speedsOf(loads: readonly Load[]): number[] {
  return loads.map(load => load.postsPerSecond)
}

function costsOf(loads: readonly Load[]): number[] {
  return loads.map(load => load.microsPerPost)
}
