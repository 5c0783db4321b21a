import { startWorker, type Worker } from '../lib/worker.ts'
import type { ClientName, ClientTasks, Usage } from './clients.ts'
import type { FloodOptions, ServerTasks } from './server.ts'

/** A client and the server that floods it, each in a process that it shares with nobody. */
export interface Pair {
  /** Floods the client once. */
  readonly flood: (options: FloodOptions) => Promise<Measure>
  readonly usage: () => Promise<Usage>
  readonly close: () => Promise<void>
}

export interface Measure {
  readonly perSecond: number
  /** CPU time of the client's process for each message, in microseconds. */
  readonly micros: number
  /** Milliseconds from the write to the answer. */
  readonly p99: number
  readonly frameBytes: number
}

export async function startPair(client: ClientName, layers = 0): Promise<Pair> {
  const server: Worker<ServerTasks> = await startWorker(new URL('./server.ts', import.meta.url))
  const worker: Worker<ClientTasks> = await startWorker(new URL('./clients.ts', import.meta.url))
  await worker.ask('open', { client, url: await server.ask('url'), layers })
  const usage = (): Promise<Usage> => worker.ask('usage')
  return {
    usage,
    async flood(options) {
      const before = await usage()
      const { ms, p99, frameBytes } = await server.ask('flood', options)
      const after = await usage()
      const read = after.messagesRead - before.messagesRead
      if (read !== options.messages) throw new Error(`${options.messages} were answered, ${read} were read.`)
      const micros = (after.cpuMicros - before.cpuMicros) / options.messages
      return { perSecond: options.messages / (ms / 1_000), micros, p99, frameBytes }
    },
    async close() {
      await Promise.all([worker.close(), server.close()])
    },
  }
}
