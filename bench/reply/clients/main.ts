/** The process of one client, which stays connected until it ends. */
import { collectGarbage } from '../../lib/garbage.ts'
import { serveTasks } from '../../lib/worker.ts'
import { startOfficial } from './official.ts'
import { startOurs } from './ours.ts'

const clients = { official: startOfficial, ours: startOurs } as const

export interface ClientTasks {
  readonly start: (options: { readonly client: keyof typeof clients; readonly url: string }) => Promise<void>
  /** Microseconds of CPU since the process began; what others left behind is collected first. */
  readonly cpu: () => number
  readonly [name: string]: (input: never) => unknown
}

const tasks: ClientTasks = {
  start: ({ client, url }) => clients[client](url),
  cpu() {
    collectGarbage()
    const { user, system } = process.cpuUsage()
    return user + system
  },
}
serveTasks(tasks)
