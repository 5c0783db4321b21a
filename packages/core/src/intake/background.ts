import { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { runOf } from '../context/update-context.ts'

/** The tasks that go on beside the handlers that began them. */
export interface Background {
  readonly add: (ctx: Context, task: Promise<unknown>) => void
  /** Resolves when nothing goes on, nor anything that was begun meanwhile. */
  readonly idle: () => Promise<void>
}

/** @param report told what a task rejects with. */
export function createBackground<C extends Context>(report: (error: BotError<C>) => Promise<unknown>): Background {
  const tasks = new Set<Promise<void>>()
  return {
    add(ctx, task) {
      const run = runOf(ctx)?.retain()
      const settled: Promise<void> = Promise.resolve(task)
        // Contexts of the bot have what its plugins promised.
        .then(undefined, error => report(BotError.of(error, ctx as C)))
        .then(() => {
          run?.release()
          tasks.delete(settled)
        })
      tasks.add(settled)
    },
    async idle() {
      while (tasks.size > 0) await Promise.all(tasks)
    },
  }
}
