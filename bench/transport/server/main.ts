import { serveTasks } from '../../lib/worker.ts'
import { type Flood, type FloodOptions, flood } from './flood.ts'
import { type Interruption, type InterruptionOptions, interrupt } from './interruption.ts'
import { openPlatform } from './platform.ts'

/** The platform's process. */
export type ServerTasks = {
  /** Base address of its OpenAPI. */
  readonly url: () => string
  readonly interrupt: (options: InterruptionOptions) => Promise<Interruption>
  readonly flood: (options: FloodOptions) => Promise<Flood>
}

const platform = await openPlatform()
const tasks: ServerTasks = {
  url: () => platform.url,
  interrupt: options => interrupt(platform, options),
  flood: options => flood(platform, options),
}
serveTasks(tasks)
