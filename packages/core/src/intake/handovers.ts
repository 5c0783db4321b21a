import { createDeferred } from '@dingware/transport'
import type { Exchange } from '../updates/answer/exchange.ts'
import type { Reply } from '../updates/update.ts'
import type { Outcome } from './admission/admission.ts'
import type { Outcomes } from './outcomes.ts'
import type { Task } from './task.ts'

/** Updates that went to handlers which waited for them. */
export interface Handovers<E> {
  /** Deals with an update that a waiting handler has got. @param taken what comes of it. */
  readonly add: (task: Task<E>, taken: Promise<E | undefined>) => Promise<void>
  /** The same for one that an admission has kept. */
  readonly addKept: (task: Task<E>, taken: Promise<E | undefined>) => Promise<Outcome>
  /** Answers those that their handlers have left unanswered. */
  readonly settle: () => void
}

export function createHandovers<E>(outcomes: Outcomes<E>): Handovers<E> {
  const unanswered = new Map<Exchange, Reply>()
  return {
    async add(task, taken) {
      const { policy, exchange, done } = task
      const answered = createDeferred()
      unanswered.set(exchange, policy.ended)
      exchange.onClose(() => {
        unanswered.delete(exchange)
        answered.resolve()
      })
      if (policy.taken) exchange.respond(policy.taken)
      const error = await taken
      if (error !== undefined) return done(await outcomes.failed(task, error))
      outcomes.handled(task)
      await answered.promise
      done(undefined)
    },
    async addKept(task, taken) {
      const error = await taken
      // The wait is over, whatever came of it: another run would find other handlers.
      if (error === undefined) outcomes.handled(task)
      else await outcomes.failed({ ...task, kept: { isLast: true } }, error)
      return 'handled'
    },
    settle() {
      for (const [exchange, ended] of unanswered) exchange.respond(ended)
    },
  }
}
