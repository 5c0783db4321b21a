import { createDeferred, type WorkQueueOptions } from '@dingware/transport'
import { type AckOptions, ackPolicies, KEPT } from '../updates/answer/ack-policy.ts'
import { answeredExchange, createExchange } from '../updates/answer/exchange.ts'
import { isRecord } from '../updates/lenient/lenient.ts'
import type { Reply, Update } from '../updates/update.ts'
import type { Admission, Outcome, RunKept } from './admission/admission.ts'
import { createBacklog } from './backlog.ts'
import { createDedupe, type DedupeOptions, dedupeKeyOf } from './dedupe/dedupe.ts'
import { createEntry, isMessage } from './entry.ts'
import { createHandovers } from './handovers.ts'
import { createOutcomes } from './outcomes.ts'
import { createPending } from './pending.ts'
import { createRepeatedClicks, type ReplyChannel, type Send } from './repeated-clicks.ts'
import type { Runner } from './runner.ts'
import type { Task } from './task.ts'
import { createTaskQueue } from './task-queue.ts'

export interface IntakeOptions extends WorkQueueOptions {
  readonly ack?: AckOptions | undefined
  readonly dedupe?: DedupeOptions | undefined
  /** What updates pass before they are answered and run, where the bot has such a thing. */
  readonly admission?: (() => Admission | undefined) | undefined
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
  /** Handlers that hold a slot, of `concurrency` at most. */
  readonly running: number
  readonly concurrency: number
  /** Updates whose handlers have not begun, for want of a slot. */
  readonly waiting: number
  /** Updates that hold no slot while they wait for their turn in `sequentialize()`, or for a person. */
  readonly suspended: number
}

export interface Intake<E> {
  /**
   * Takes an update. `send` of its channel gets the answer, at most once. Resolves when it is dealt with, to an error that
   * nobody took care of; never rejects.
   */
  readonly accept: (update: Update, channel: ReplyChannel) => Promise<E | undefined>
  /** Runs what an admission has kept. */
  readonly run: RunKept
  readonly stats: () => IntakeStats
  /** Resolves when everything that ran has been dealt with. */
  readonly idle: () => Promise<void>
  /** Answers what was given to handlers that waited for it, and that they left unanswered. */
  readonly settle: () => void
  /** Forgets what waits. @returns how many updates that were. */
  readonly clear: () => number
}

/** Creates the way in: recognises what came before, answers by kind, bounds what runs and waits. */
export function createIntake<E>(runner: Runner<E>, options: IntakeOptions = {}): Intake<E> {
  const policies = ackPolicies(options.ack)
  const dedupe = createDedupe(options.dedupe)
  const outcomes = createOutcomes({ ...runner, dedupe })
  const clicks = createRepeatedClicks()
  const handovers = createHandovers(outcomes)
  /** Those of which their admission has not said yet what becomes of them. */
  const arrivals = createPending<Task<E>>()
  const counts = { received: 0, duplicates: 0, later: 0 }

  const queue = createTaskQueue<E>(options, async (task, slot) => {
    const { update, policy, exchange, kept } = task
    const error = await runner.run(update, exchange, slot, kept)
    task.settle?.(error === undefined ? 'handled' : 'failed')
    if (error !== undefined) return outcomes.failed(task, error)
    outcomes.handled(task)
    exchange.respond(policy.ended)
    return undefined
  })
  /** What was kept. */
  const backlog = createBacklog<Task<E>>(queue.add)
  const onDuplicate = (): void => void counts.duplicates++
  const entry = createEntry<E>({ dedupe, outcomes, enqueue: queue.add, onDuplicate })

  /** To the handler that waits for it, else past the admission into the queue. */
  const enter = (task: Task<E>): void => {
    const { update, exchange } = task
    const taken = runner.offer?.(update, exchange)
    const admitted = taken ? undefined : options.admission?.()?.admit(update)
    if (taken) void handovers.add(task, taken)
    else if (!admitted) entry.take(task)
    else if (!(admitted instanceof Promise)) entry.admitted(task, admitted)
    else {
      // A message that may not be kept is not answered before that is known; an event is asked for again in time.
      if (isMessage(update)) exchange.expect(undefined)
      arrivals.add(task, admitted, result => entry.admitted(task, result))
    }
  }

  const begin = (update: Update, key: string | undefined, send: Send): Promise<E | undefined> => {
    if (key) dedupe.begin(key)
    const policy = policies[update.kind]
    const { promise, resolve: done } = createDeferred<E | undefined>()
    const exchange = createExchange(policy, send)
    const task = { update, key, policy, exchange, done }
    runner.onExchange?.(update, exchange)
    const known = runner.lookUp?.(update)
    if (known) arrivals.add(task, known, () => enter(task))
    else enter(task)
    return promise
  }

  return {
    async accept(update, channel) {
      counts.received++
      const send = (reply: Reply): unknown => {
        if (isLater(reply)) counts.later++
        return channel.send(reply)
      }
      const key = dedupeKeyOf(update)
      const seen = key && dedupe.seen(key)
      if (seen) {
        onDuplicate()
        send(policies[update.kind][seen])
        return undefined
      }
      const answer = update.kind === 'card' ? clicks.take(update, { ...channel, send }) : send
      if (answer) return begin(update, key, answer)
      onDuplicate()
      if (key) dedupe.succeed(key)
      return undefined
    },
    async run(update, kept) {
      await runner.lookUp?.(update)
      const { promise, resolve: settle } = createDeferred<Outcome>()
      const task = { update, key: undefined, policy: KEPT, exchange: answeredExchange(), kept, done() {}, settle }
      const taken = runner.offer?.(update, task.exchange)
      if (taken) return handovers.addKept(task, taken)
      backlog.add(task)
      return promise
    },
    stats: () => ({ ...counts, ...outcomes.counts, ...queue.load() }),
    async idle() {
      await arrivals.idle()
      await queue.idle()
    },
    settle: handovers.settle,
    clear() {
      const dropped = queue.clear()
      for (const task of [...arrivals.clear(), ...dropped, ...backlog.clear()]) outcomes.abandoned(task)
      return dropped.length
    },
  }
}

function isLater({ data }: Reply): boolean {
  return isRecord(data) && data.status === 'LATER'
}
