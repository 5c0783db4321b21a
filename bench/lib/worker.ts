import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Milliseconds that a worker may take to start, and for each task. */
const LIMIT = 60_000

/** What a worker can be asked to do. Values travel as JSON. */
export type Tasks = Readonly<Record<string, (input: never) => unknown>>

/** A process of its own, so that what one side costs is not counted for the other. */
export interface Worker<T extends Tasks> {
  /** One task at a time. */
  readonly ask: <K extends keyof T & string>(task: K, ...input: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>
  readonly close: () => Promise<void>
}

type Reply = { readonly result?: unknown } | { readonly problem: string }

/** Starts a file that calls {@link serveTasks}; resolves when it is ready. */
export async function startWorker<T extends Tasks>(file: URL): Promise<Worker<T>> {
  const child = fork(fileURLToPath(file))
  const exited = once(child, 'exit')

  const reply = async () => {
    const [message]: Reply[] = await once(child, 'message', { signal: AbortSignal.timeout(LIMIT) })
    if (message && 'problem' in message) throw new Error(message.problem)
    return message?.result as never
  }
  await reply()
  return {
    ask(task, ...input) {
      child.send({ task, input: input[0] })
      return reply()
    },
    async close() {
      if (child.connected) child.disconnect()
      await exited
    },
  }
}

/** The worker's side: does what it is asked for, until its parent lets go of it or ends. */
export function serveTasks(tasks: Tasks): void {
  const report = (reply: Reply): void => {
    process.send?.(reply)
  }
  process.on('message', async ({ task, input }: { task: string; input: never }) => {
    try {
      report({ result: await tasks[task]?.(input) })
    } catch (error) {
      report({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.once('disconnect', () => process.exit())
  report({})
}
