import { createDeferred, createWorkQueue, type Slot, type WorkQueueOptions } from '@dingware/transport'
import { type AckOptions, type AckPolicy, ackPolicies, GIVEN_UP } from '../ack/ack-policy.ts'
import { createDedupe, type DedupeOptions, dedupeKeyOf } from '../dedupe/dedupe.ts'
import type { Reply, Update } from '../update/update.ts'
import { createExchange, type Exchange } from './exchange.ts'

export interface IntakeOptions<E> extends WorkQueueOptions {
  readonly ack?: AckOptions | undefined
  readonly dedupe?: DedupeOptions | undefined
  /** Runs the chain. Never rejects: what a handler threw is what it resolves to. */
  readonly run: (update: Update, exchange: Exchange, slot: Slot) => Promise<E | undefined>
  /**
   * Gives the update to a handler that waits for it, where there is one: it then takes no slot and no turn.
   * @returns what `run` would return; nothing where nobody waits for it.
   */
  readonly offer?: ((update: Update, exchange: Exchange) => Promise<E | undefined> | undefined) | undefined
  /**
   * A handler threw, and the update will not come again on our account.
   * @returns whether somebody took care of it.
   */
  readonly onFailure: (error: E) => Promise<boolean>
  /** A handler threw, and the platform is asked to push the update again. */
  readonly onRetry: (error: E, update: Update) => void
  /** Too much is waiting: the update is not handled. */
  readonly onOverload: (update: Update) => void
}

export interface IntakeStats {
  /** Updates that came in, those that came again included. */
  readonly received: number
  readonly handled: number
  /** Runs in which a handler threw. */
  readonly failed: number
  /** Updates that came again and were not run again. */
  readonly duplicates: number
  /** Updates refused because too much was waiting. */
  readonly overloads: number
  /** Answers that asked the platform to push an event again; each costs a push of the monthly quota. */
  readonly later: number
  readonly running: number
  readonly waiting: number
}

export interface Intake<E> {
  /**
   * Takes an update. `send` gets the answer, at most once. Resolves when it is dealt with, to an error that nobody took
   * care of; never rejects.
   */
  readonly accept: (update: Update, send: (reply: Reply) => void) => Promise<E | undefined>
  readonly stats: () => IntakeStats
  /** Resolves when everything that ran has been dealt with. */
  readonly idle: () => Promise<void>
  /** Answers what was given to handlers that waited for it, and that they left unanswered. */
  readonly settle: () => void
  /** Forgets what waits. @returns how many updates that were. */
  readonly clear: () => number
}

/** Creates the way in: recognises what came before, answers by kind, bounds what runs and waits. */
export function createIntake<E>(options: IntakeOptions<E>): Intake<E> {
  const policies = ackPolicies(options.ack)
  const dedupe = createDedupe(options.dedupe)
  const queue = createWorkQueue(options)
  const waiting = new Set<Task<E>>()
  /** Those that a waiting handler has got and not answered yet. */
  const open = new Map<Exchange, { readonly ended: Reply; readonly close: () => void }>()
  const counts = { received: 0, handled: 0, failed: 0, duplicates: 0, overloads: 0, later: 0 }

  const work = async (task: Task<E>, slot: Slot): Promise<E | undefined> => {
    const { update, key, policy, exchange } = task
    const error = await options.run(update, exchange, slot)
    if (error !== undefined) return fail(task, error)
    counts.handled++
    if (key) dedupe.succeed(key)
    exchange.respond(policy.ended)
    return undefined
  }

  /** Deals with an update that a waiting handler has got. */
  const handOver = async (task: Task<E>, taken: Promise<E | undefined>): Promise<void> => {
    const { key, policy, exchange, done } = task
    const answered = createDeferred()
    open.set(exchange, { ended: policy.ended, close: answered.resolve })
    if (policy.taken) exchange.respond(policy.taken)
    const error = await taken
    if (error !== undefined) return done(await fail(task, error))
    counts.handled++
    if (key) dedupe.succeed(key)
    await answered.promise
    done(undefined)
  }

  const fail = async ({ update, key, policy, exchange }: Task<E>, error: E): Promise<E | undefined> => {
    counts.failed++
    if (key) dedupe.fail(key)
    // Without an eventId a redelivery looks new, so its runs cannot be counted: one has to do.
    const countable = key !== undefined && update.headers.eventId !== undefined
    if (policy.maxRuns && countable && dedupe.failures(key) < policy.maxRuns) {
      options.onRetry(error, update)
      exchange.respond(policy.failed)
      return error
    }
    if (policy.maxRuns && key) dedupe.succeed(key)
    exchange.respond(policy.maxRuns ? GIVEN_UP : policy.failed)
    return (await options.onFailure(error)) ? undefined : error
  }

  const overload = (task: Task<E>): void => {
    const { update, exchange } = task
    waiting.delete(task)
    counts.overloads++
    if (update.kind === 'event') exchange.respond({ code: 200, message: 'OK', data: LATER_OVERLOAD })
    abandon(task)
    options.onOverload(update)
  }

  /** As if it had never come: a redelivery is a first delivery. */
  const abandon = ({ key, exchange, done }: Task<E>): void => {
    if (key) dedupe.forget(key)
    exchange.close()
    done(undefined)
  }

  return {
    async accept(update, send) {
      counts.received++
      const policy = policies[update.kind]
      const answer = (reply: Reply): void => {
        if (isLater(reply)) counts.later++
        send(reply)
      }
      const key = dedupeKeyOf(update)
      const seen = key && dedupe.seen(key)
      if (seen) {
        counts.duplicates++
        answer(policy[seen])
        return undefined
      }
      if (key) dedupe.begin(key)
      const done = createDeferred<E | undefined>()
      const exchange = createExchange(policy, reply => {
        answer(reply)
        open.get(exchange)?.close()
        open.delete(exchange)
      })
      const task = { update, key, policy, exchange, done: done.resolve }
      const taken = options.offer?.(update, exchange)
      if (taken) {
        void handOver(task, taken)
        return done.promise
      }
      waiting.add(task)
      const begin = async (slot: Slot): Promise<void> => {
        waiting.delete(task)
        // A turn later, so that the answer to the platform does not wait for what a handler computes at once.
        await Promise.resolve()
        let error: E | undefined
        try {
          error = await work(task, slot)
        } finally {
          done.resolve(error)
        }
      }
      if (!queue.push(begin, update.size)) overload(task)
      else if (policy.admitted) exchange.respond(policy.admitted)
      return done.promise
    },
    stats: () => ({ ...counts, running: queue.running, waiting: queue.waiting }),
    idle: queue.idle,
    settle() {
      for (const [exchange, { ended }] of open) exchange.respond(ended)
    },
    clear() {
      const dropped = queue.clear()
      for (const task of waiting) abandon(task)
      waiting.clear()
      return dropped
    },
  }
}

interface Task<E> {
  readonly update: Update
  readonly key: string | undefined
  readonly policy: AckPolicy
  readonly exchange: Exchange
  /** Says that it is dealt with. */
  readonly done: (error: E | undefined) => void
}

const LATER_OVERLOAD = { status: 'LATER', message: 'too much is waiting' }

function isLater({ data }: Reply): boolean {
  return typeof data === 'object' && data !== null && 'status' in data && data.status === 'LATER'
}
