import { harmlessly } from '@dingware/transport'
import { GIVEN_UP, later } from '../updates/answer/ack-policy.ts'
import type { Outcome } from './admission/admission.ts'
import type { Dedupe } from './dedupe/dedupe.ts'
import type { Runner } from './runner.ts'
import type { Task } from './task.ts'

export interface OutcomesOptions<E> extends Pick<Runner<E>, 'onFailure' | 'onRetry' | 'onOverload' | 'onThrown'> {
  readonly dedupe: Dedupe
}

/**
 * Possible results of handling an update. Each one is recorded for duplicate detection, and answers the platform if
 * nothing else has.
 */
export interface Outcomes<E> {
  readonly counts: { readonly handled: number; readonly failed: number; readonly overloads: number }
  /** Tells the admission that let a task in what came of it. */
  readonly settled: (task: Task<E>, outcome: Outcome) => void
  readonly handled: (task: Task<E>) => void
  /** Resolves to the error if no error handler took it. */
  readonly failed: (task: Task<E>, error: E) => Promise<E | undefined>
  readonly overloaded: (task: Task<E>) => void
  /** Handles it as if it had never come: a redelivery counts as the first delivery. */
  readonly abandoned: (task: Task<E>) => void
}

export function createOutcomes<E>({
  dedupe,
  onFailure,
  onRetry,
  onOverload,
  onThrown,
}: OutcomesOptions<E>): Outcomes<E> {
  const counts = { handled: 0, failed: 0, overloads: 0 }

  const willRunAgain = ({ update, key, policy, kept }: Task<E>): boolean => {
    if (kept) return !kept.isLast
    // Without an eventId a redelivery looks new, so its runs cannot be counted; it gets a single one.
    const countable = key !== undefined && update.headers.eventId !== undefined
    return policy.maxRuns !== undefined && countable && dedupe.failures(key) < policy.maxRuns
  }

  // An admission belongs to a plugin: what it throws must neither keep an update from its end nor stop the rest.
  const settled = ({ settle }: Task<E>, outcome: Outcome): void => {
    if (settle) harmlessly(() => settle(outcome), onThrown)
  }

  const abandoned = (task: Task<E>): void => {
    const { key, exchange, done } = task
    if (key) dedupe.forget(key)
    exchange.close()
    settled(task, 'dropped')
    done(undefined)
  }

  return {
    counts,
    settled,
    handled({ key }) {
      counts.handled++
      if (key) dedupe.succeed(key)
    },
    async failed(task, error) {
      const { update, key, policy, exchange } = task
      counts.failed++
      if (key) dedupe.fail(key)
      if (willRunAgain(task)) {
        onRetry(error, update)
        exchange.respond(policy.failed)
        return error
      }
      if (policy.maxRuns && key) dedupe.succeed(key)
      exchange.respond(policy.maxRuns ? GIVEN_UP : policy.failed)
      return (await onFailure(error)) ? undefined : error
    },
    overloaded(task) {
      counts.overloads++
      if (task.update.kind === 'event') task.exchange.respond(later('too much is waiting'))
      abandoned(task)
      onOverload(task.update)
    },
    abandoned,
  }
}
