import { GIVEN_UP, later } from '../updates/answer/ack-policy.ts'
import type { Update } from '../updates/update.ts'
import type { Dedupe } from './dedupe/dedupe.ts'
import type { Task } from './task.ts'

export interface EndingsOptions<E> {
  readonly dedupe: Dedupe
  /**
   * Called when a handler threw and the update will not be run again.
   * @returns true if an error handler took it.
   */
  readonly onFailure: (error: E) => Promise<boolean>
  /** Called when a handler threw and the update will be run again: it is saved, or requested from the platform. */
  readonly onRetry: (error: E, update: Update) => void
  /** Called when an update is dropped because too many wait. */
  readonly onOverload: (update: Update) => void
}

/**
 * Possible results of handling an update. Each one is recorded for duplicate detection, and answers the platform if
 * nothing else has.
 */
export interface Endings<E> {
  readonly counts: { readonly handled: number; readonly failed: number; readonly overloads: number }
  readonly handled: (task: Task<E>) => void
  /** Resolves to the error if no error handler took it. */
  readonly failed: (task: Task<E>, error: E) => Promise<E | undefined>
  readonly overloaded: (task: Task<E>) => void
  /** Handles it as if it had never come: a redelivery counts as the first delivery. */
  readonly abandoned: (task: Task<E>) => void
}

export function createEndings<E>({ dedupe, onFailure, onRetry, onOverload }: EndingsOptions<E>): Endings<E> {
  const counts = { handled: 0, failed: 0, overloads: 0 }

  const willRunAgain = ({ update, key, policy, kept }: Task<E>): boolean => {
    if (kept) return !kept.isLast
    // Without an eventId a redelivery looks new, so its runs cannot be counted; it gets a single one.
    const countable = key !== undefined && update.headers.eventId !== undefined
    return policy.maxRuns !== undefined && countable && dedupe.failures(key) < policy.maxRuns
  }

  const abandoned = ({ key, exchange, done, settle }: Task<E>): void => {
    if (key) dedupe.forget(key)
    exchange.close()
    settle?.('dropped')
    done(undefined)
  }

  return {
    counts,
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
