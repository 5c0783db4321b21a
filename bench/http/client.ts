/** A client's process: posts the same message many times on one way. */
import { collectGarbage } from '../lib/garbage.ts'
import { serveTasks } from '../lib/worker.ts'
import { type Post, WAYS, type WayName } from './ways.ts'

export interface Load {
  readonly name: WayName
  readonly url: string
  readonly concurrency: number
  readonly posts: number
}

/** Microseconds for one POST. */
export interface Cost {
  readonly wall: number
  /** Of this process, its garbage collector included. */
  readonly cpu: number
}

export interface ClientTasks {
  readonly measure: (load: Load) => Promise<Cost>
  readonly [name: string]: (input: never) => unknown
}

const tasks: ClientTasks = {
  async measure({ name, url, concurrency, posts }) {
    const post = WAYS[name]
    await repeat(post, url, concurrency, posts / 4)
    collectGarbage()
    const started = performance.now()
    const cpu = process.cpuUsage()
    await repeat(post, url, concurrency, posts)
    const { user, system } = process.cpuUsage(cpu)
    return { wall: ((performance.now() - started) * 1_000) / posts, cpu: (user + system) / posts }
  },
}

async function repeat(post: Post, url: string, concurrency: number, posts: number): Promise<void> {
  let left = posts
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await post(url)
      if (answer.processQueryKey === undefined) throw new Error('The answer is not what the server sent.')
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
}

serveTasks(tasks)
