import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Flood, FloodOptions } from './flood.ts'
import type { Interruption, InterruptionOptions } from './interruption.ts'

/** What the server's process is asked to do. */
export type Order =
  | { readonly scenario: 'interrupt'; readonly options: InterruptionOptions }
  | { readonly scenario: 'flood'; readonly options: FloodOptions }

export type Reply = { readonly result: string | Flood | Interruption } | { readonly problem: string }

/** A platform in a process of its own, so that this process has only the client to pay for. */
export interface Server {
  /** Base address of its OpenAPI. */
  readonly url: string
  readonly interrupt: (options: InterruptionOptions) => Promise<Interruption>
  readonly flood: (options: FloodOptions) => Promise<Flood>
  readonly close: () => Promise<void>
}

export async function startServer(): Promise<Server> {
  const child = fork(fileURLToPath(new URL('./main.ts', import.meta.url)))
  const exited = once(child, 'exit')

  const reply = async <T>(): Promise<T> => {
    const died = exited.then(([code]) => Promise.reject(new Error(`The server's process ended (${code}).`)))
    const [message] = await Promise.race([once(child, 'message'), died])
    if ('problem' in message) throw new Error(message.problem)
    return message.result
  }
  const order = <T>(message: Order): Promise<T> => {
    child.send(message)
    return reply()
  }

  return {
    url: await reply(),
    interrupt: options => order({ scenario: 'interrupt', options }),
    flood: options => order({ scenario: 'flood', options }),
    async close() {
      child.disconnect()
      await exited
    },
  }
}
