import { serveTasks } from '../../lib/worker.ts'
import { openBare } from './bare.ts'
import { messagesRead, type OpenClient } from './client.ts'
import { openOfficial } from './official.ts'
import { openOurs } from './ours.ts'

/** What the process has done since it started. */
export interface Usage {
  readonly cpuMicros: number
  readonly messagesRead: number
}

/** The process of a client whose cost is measured. It keeps its connection until it ends. */
export type ClientTasks = {
  readonly open: (options: { readonly client: keyof typeof clients; readonly url: string }) => Promise<void>
  readonly usage: () => Usage
}

const clients = { bare: openBare, official: openOfficial, ours: openOurs } satisfies Record<string, OpenClient>

const tasks: ClientTasks = {
  async open({ client, url }) {
    await clients[client](url)
  },
  usage() {
    const { user, system } = process.cpuUsage()
    return { cpuMicros: user + system, messagesRead: messagesRead() }
  },
}
serveTasks(tasks)
