import { createDeferred, createWorkQueue, type Slot, type WorkQueueOptions } from '@dingware/transport'
import { type AckOptions, ackPolicies, KEPT, LATE_MESSAGE, later } from '../updates/answer/ack-policy.ts'
import { answeredExchange, createExchange, type Exchange } from '../updates/answer/exchange.ts'
import { isRecord } from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'
import type { Admission, Admitted, KeptRun, Outcome, RunKept } from './admission/admission.ts'
import { createDedupe, type DedupeOptions, dedupeKeyOf } from './dedupe/dedupe.ts'
import { createEndings, type EndingsOptions } from './endings.ts'
import { createLine } from './line.ts'
import { createPending } from './pending.ts'
import { type Line as AnswerLine, createRepeatedClicks } from './repeated-clicks.ts'
import type { Task } from './task.ts'

export interface IntakeOptions<E> extends WorkQueueOptions, Omit<EndingsOptions<E>, 'dedupe'> {
  readonly ack?: AckOptions | undefined
  readonly dedupe?: DedupeOptions | undefined
  /** Runs the middleware chain. Never rejects: resolves to the error of a handler. */
  readonly run: (update: Update, exchange: Exchange, slot: Slot, kept?: KeptRun) => Promise<E | undefined>
  /** Decides about updates before they are answered and run, if the bot has such a hook. */
  readonly admission?: (() => Admission | undefined) | undefined
  /** Loads facts about an update before anything else looks at it. Must not reject. */
  readonly lookUp?: ((update: Update) => Promise<void> | undefined) | undefined
  /** Called for each update that is no duplicate, with the exchange for its answer. */
  readonly onExchange?: ((update: Update, exchange: Exchange) => void) | undefined
  /**
   * Offers the update to a handler that waits for one; then it needs neither a slot nor a turn.
   * @returns the result of `run`; `undefined` if no handler waits for it.
   */
  readonly offer?: ((update: Update, exchange: Exchange) => Promise<E | undefined> | undefined) | undefined
}

export interface IntakeStats {
  /** Updates received, including redeliveries. */
  readonly received: number
  /** Runs that succeeded. */
  readonly handled: number
  /** Runs in which a handler threw. */
  readonly failed: number
  /** Redelivered updates that were not run again. */
  readonly duplicates: number
  /** Updates rejected because too many were waiting. */
  readonly overloads: number
  /** Answers that asked the platform to push an event again; each costs a push of the monthly quota. */
  readonly later: number
  /** Handlers that occupy a slot at present; `concurrency` at most. */
  readonly running: number
  /** Maximum number of handlers that run at the same time. */
  readonly concurrency: number
  /** Updates that wait for a free slot. */
  readonly waiting: number
  /** Handlers that occupy no slot while they wait for their turn in `sequentialize()`, or for a person. */
  readonly suspended: number
}

export interface Intake<E> {
  /**
   * Takes an update. The answer is sent once at most. Resolves when the update is settled, to an error that no error
   * handler took; never rejects.
   */
  readonly accept: (update: Update, line: AnswerLine) => Promise<E | undefined>
  /** Runs an update that an admission has saved. */
  readonly run: RunKept
  readonly stats: () => IntakeStats
  /** Resolves when everything that ran has settled. */
  readonly idle: () => Promise<void>
  /** Answers updates that were passed to waiting handlers and not answered by these. */
  readonly settle: () => void
  /** Drops everything that waits. @returns the number of dropped updates. */
  readonly clear: () => number
}

/** Creates the intake of a bot: detects duplicates, answers by kind, and limits how many updates run and wait. */
export function createIntake<E>(options: IntakeOptions<E>): Intake<E> {
  const policies = ackPolicies(options.ack)
  const dedupe = createDedupe(options.dedupe)
  const queue = createWorkQueue(options)
  const waiting = new Set<Task<E>>()
  /** Updates whose admission is not decided yet. */
  const arrivals = createPending<Task<E>>()
  /** Updates that a waiting handler has got and not answered yet. */
  const open = new Map<Exchange, Reply>()
  /** Saved updates that wait for room in the queue. */
  const line = createLine<Task<E>>(task => enqueue(task))
  const endings = createEndings({ ...options, dedupe })
  const clicks = createRepeatedClicks()
  const counts = { received: 0, duplicates: 0, later: 0 }

  const work = async (task: Task<E>, slot: Slot): Promise<E | undefined> => {
    const { update, policy, exchange, kept } = task
    const error = await options.run(update, exchange, slot, kept)
    task.settle?.(error === undefined ? 'handled' : 'failed')
    if (error !== undefined) return endings.failed(task, error)
    endings.handled(task)
    exchange.respond(policy.ended)
    return undefined
  }

  /** Settles an update that was passed to a waiting handler. */
  const handOver = async (task: Task<E>, taken: Promise<E | undefined>): Promise<void> => {
    const { policy, exchange, done } = task
    const answered = createDeferred()
    open.set(exchange, policy.ended)
    exchange.onClose(() => {
      open.delete(exchange)
      answered.resolve()
    })
    if (policy.taken) exchange.respond(policy.taken)
    const error = await taken
    if (error !== undefined) return done(await endings.failed(task, error))
    endings.handled(task)
    await answered.promise
    done(undefined)
  }

  /** Queues an update. @returns false if too many wait. */
  const enqueue = (task: Task<E>): boolean => {
    const begin = async (slot: Slot): Promise<void> => {
      waiting.delete(task)
      // In a later turn, so that the answer to the platform does not wait for synchronous work of a handler.
      await Promise.resolve()
      let error: E | undefined
      try {
        error = await work(task, slot)
      } finally {
        task.done(error)
      }
    }
    waiting.add(task)
    const hasRoom = queue.push(begin, task.update.size)
    if (!hasRoom) waiting.delete(task)
    return hasRoom
  }

  const take = (task: Task<E>): void => {
    if (!enqueue(task)) endings.overloaded(task)
    else if (task.policy.admitted) task.exchange.respond(task.policy.admitted)
  }

  /** Runs an update from memory, since it cannot be saved at present. An event is requested again instead. */
  const fallBack = (task: Task<E>): void => {
    if (isMessage(task.update)) {
      // Answered when its handler has ended: if the process crashes before, it was never acknowledged.
      task.exchange.expect(LATE_MESSAGE.overdue)
      take({ ...task, policy: LATE_MESSAGE })
      return
    }
    task.exchange.respond(later('it cannot be kept now'))
    endings.abandoned(task)
  }

  const onAdmitted = (task: Task<E>, admitted: Admitted): void => {
    const { key, policy, exchange, done } = task
    const { state } = admitted
    if (state === 'claimed') {
      exchange.expect(policy.overdue)
      take({ ...task, settle: admitted.settle })
      return
    }
    if (state === 'refused') {
      endings.overloaded(task)
      return
    }
    if (state === 'away') {
      fallBack(task)
      return
    }
    // The instance that has it answers for it.
    if (state !== 'kept') counts.duplicates++
    if (key && state === 'running') dedupe.forget(key)
    else if (key) dedupe.succeed(key)
    exchange.respond(state === 'running' ? policy.running : policy.done)
    exchange.close()
    const handled = state === 'kept' ? admitted.handled : undefined
    if (handled) void handled.then(() => done(undefined))
    else done(undefined)
  }

  /** Passes an update to the handler that waits for it, else through the admission into the queue. */
  const enter = (task: Task<E>): void => {
    const { update, exchange } = task
    const taken = options.offer?.(update, exchange)
    const admitted = taken ? undefined : options.admission?.()?.admit(update)
    if (taken) void handOver(task, taken)
    else if (!admitted) take(task)
    else if (!(admitted instanceof Promise)) onAdmitted(task, admitted)
    else {
      // A message is not answered before it is known whether it may be saved; an event would be pushed again in time.
      if (isMessage(update)) exchange.expect(undefined)
      arrivals.add(task, admitted, result => onAdmitted(task, result))
    }
  }

  /** Counts as handled even if the waiting handler failed, since another run would not find that handler any more. */
  const endOfTaken = async (task: Task<E>, error: E | undefined): Promise<Outcome> => {
    if (error === undefined) endings.handled(task)
    else await endings.failed({ ...task, kept: { isLast: true } }, error)
    return 'handled'
  }

  const runKept: RunKept = async (update, kept) => {
    await options.lookUp?.(update)
    const { promise, resolve: settle } = createDeferred<Outcome>()
    const task = { update, key: undefined, policy: KEPT, exchange: answeredExchange(), kept, done() {}, settle }
    const taken = options.offer?.(update, task.exchange)
    if (taken) return endOfTaken(task, await taken)
    line.add(task)
    return promise
  }

  return {
    async accept(update, line) {
      counts.received++
      const policy = policies[update.kind]
      const send = (reply: Reply): unknown => {
        if (isLater(reply)) counts.later++
        return line.send(reply)
      }
      const key = dedupeKeyOf(update)
      const seen = key && dedupe.seen(key)
      if (seen) {
        counts.duplicates++
        send(policy[seen])
        return undefined
      }
      const answer = update.kind === 'card' ? clicks.take(update, { ...line, send }) : send
      if (!answer) {
        counts.duplicates++
        if (key) dedupe.succeed(key)
        return undefined
      }
      if (key) dedupe.begin(key)
      const { promise, resolve: done } = createDeferred<E | undefined>()
      const exchange = createExchange(policy, answer)
      const task = { update, key, policy, exchange, done }
      options.onExchange?.(update, exchange)
      const known = options.lookUp?.(update)
      if (known) arrivals.add(task, known, () => enter(task))
      else enter(task)
      return promise
    },
    run: runKept,
    stats() {
      const { running, concurrency, waiting, lent: suspended } = queue
      return { ...counts, ...endings.counts, running, concurrency, waiting, suspended }
    },
    async idle() {
      await arrivals.idle()
      await queue.idle()
    },
    settle() {
      for (const [exchange, ended] of open) exchange.respond(ended)
    },
    clear() {
      const dropped = queue.clear()
      for (const task of [...arrivals.clear(), ...waiting, ...line.clear()]) endings.abandoned(task)
      waiting.clear()
      return dropped
    },
  }
}

function isMessage({ kind }: Update): boolean {
  return kind === 'chatbot' || kind === 'delegate'
}

function isLater({ data }: Reply): boolean {
  return isRecord(data) && data.status === 'LATER'
}
