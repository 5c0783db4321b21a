import { type Contender, measureInTurns } from '../lib/rounds.ts'
import { ratios, summarize } from '../lib/statistics.ts'
import { formatSummary, printTable } from '../lib/table.ts'
import { startWorker, type Worker } from '../lib/worker.ts'
import type { ClientTasks, Cost } from './client.ts'
import type { ServerTasks } from './server.ts'
import { WAYS, type WayName } from './ways.ts'

const ROUNDS = 11
const POSTS = 2_000

type Client = Worker<ClientTasks>

/** What a POST costs on each way to the network. Every way has a process of its own, and so has the server. */
export async function run(): Promise<void> {
  const names = Object.keys(WAYS) as WayName[]
  const server = await startWorker<ServerTasks>(new URL('./server.ts', import.meta.url))
  const clients = await Promise.all(
    names.map(async name => ({
      name,
      client: await startWorker<ClientTasks>(new URL('./client.ts', import.meta.url)),
    })),
  )
  try {
    const url = await server.ask('url')
    for (const concurrency of [1, 64]) {
      const contenders = clients.map(({ name, client }) => contender(name, client, url, concurrency))
      const lanes = await measureInTurns(ROUNDS, contenders)
      console.log(`\n${POSTS} POSTs, ${concurrency} at once, ${ROUNDS} rounds\n`)
      printCosts(names, lanes)
    }
  } finally {
    await Promise.all([server, ...clients.map(({ client }) => client)].map(worker => worker.close()))
  }
}

function contender(name: WayName, client: Client, url: string, concurrency: number): Contender<Cost> {
  return { name, measure: () => client.ask('measure', { name, url, concurrency, posts: POSTS }) }
}

function printCosts(names: readonly WayName[], lanes: readonly (readonly Cost[])[]): void {
  const [base = []] = lanes
  const rows = names.map((name, index) => {
    const costs = lanes[index] ?? []
    const compare = (figure: keyof Cost, digits: number): [string, string] => {
      const values = costs.map(cost => cost[figure])
      const paired = ratios(
        values,
        base.map(cost => cost[figure]),
      )
      return [formatSummary(summarize(values), digits), formatSummary(summarize(paired), 2)]
    }
    return [name, ...compare('wall', 0), ...compare('cpu', 0)]
  })
  printTable(['median (min–max)', 'µs', '× undici.request', 'CPU µs', '× undici.request'], rows)
}
