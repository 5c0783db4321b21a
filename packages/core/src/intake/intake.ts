import { createDeferred, type Slot, type WorkQueueOptions } from '@dingware/transport'
import { type AckOptions, type AckPolicy, ackPolicies, KEPT } from '../updates/answer/ack-policy.ts'
import { answeredExchange, createExchange } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { Admission, Outcome, RunKept } from './admission/admission.ts'
import { createBacklog } from './backlog.ts'
import { createDecisions } from './decisions.ts'
import { createDedupe, type DedupeOptions } from './dedupe/dedupe.ts'
import { createEntry } from './entry.ts'
import { createHandovers } from './handovers.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'
import { createRecognition, type Fresh } from './recognition.ts'
import type { ReplyChannel } from './repeated-clicks.ts'
import type { Runner } from './runner.ts'
import type { Task } from './task.ts'
import { createTaskQueue } from './task-queue.ts'

export interface IntakeOptions extends WorkQueueOptions {
  readonly ack?: AckOptions | undefined
  readonly dedupe?: DedupeOptions | undefined
  /** Decides about updates before they are answered and run, if the bot has such a hook. */
  readonly admission?: (() => Admission | undefined) | undefined
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
   * Takes an update. `send` of its channel gets the answer, at most once. Resolves when it is dealt with, to an error that
   * nobody took care of; never rejects.
   */
  readonly accept: (update: Update, channel: ReplyChannel) => Promise<E | undefined>
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
export function createIntake<E>(runner: Runner<E>, options: IntakeOptions = {}): Intake<E> {
  const policies = ackPolicies(options.ack)
  const dedupe = createDedupe(options.dedupe)
  const outcomes = createOutcomes({ ...runner, dedupe })
  const recognition = createRecognition(dedupe)
  const handovers = createHandovers(outcomes)
  const queue = createTaskQueue<E>(options, worker(runner, outcomes))
  /** Saved updates that wait for room in the queue. */
  const backlog = createBacklog<Task<E>>(queue.add)
  const { countDuplicate: onDuplicate } = recognition
  const decisions = createDecisions<E>({ dedupe, outcomes, enqueue: queue.add, onDuplicate })
  const entry = createEntry<E>({ runner, admission: options.admission, handovers, decisions })

  const begin = (update: Update, policy: AckPolicy, { key, send }: Fresh): Promise<E | undefined> => {
    const { promise, resolve: done } = createDeferred<E | undefined>()
    const exchange = createExchange(policy, send)
    const task = { update, key, policy, exchange, done }
    runner.onExchange?.(update, exchange)
    entry.enter(task)
    return promise
  }

  return {
    async accept(update, channel) {
      const policy = policies[update.kind]
      const fresh = recognition.take(update, policy, channel)
      return fresh && begin(update, policy, fresh)
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
    stats: () => ({ ...recognition.counts, ...outcomes.counts, ...queue.load() }),
    async idle() {
      await entry.idle()
      await queue.idle()
    },
    settle: handovers.settle,
    clear() {
      const dropped = queue.clear()
      for (const task of [...entry.clear(), ...dropped, ...backlog.clear()]) outcomes.abandoned(task)
      return dropped.length
    },
  }
}

/** Runs a task, and answers it where its handler has not. */
function worker<E>(runner: Runner<E>, outcomes: Outcomes<E>): (task: Task<E>, slot: Slot) => Promise<E | undefined> {
  return async (task, slot) => {
    const { update, policy, exchange, kept } = task
    const error = await runner.run(update, exchange, slot, kept)
    task.settle?.(error === undefined ? 'handled' : 'failed')
    if (error !== undefined) return outcomes.failed(task, error)
    outcomes.handled(task)
    exchange.respond(policy.ended)
    return undefined
  }
}
