import { createDeferred, type Slot, type WorkQueueOptions } from '@dingware/transport'
import { type AckOptions, ackPolicies, KEPT } from '../updates/answer/ack-policy.ts'
import { answeredExchange, Exchange, type ReplyChannel } from '../updates/answer/exchange.ts'
import type { Update } from '../updates/update.ts'
import type { Admission, Outcome, RunKept } from './admission/admission.ts'
import { createBacklog } from './backlog.ts'
import { createDecisions } from './decisions.ts'
import { createDedupe, type DedupeOptions } from './dedupe/dedupe.ts'
import { createEntry } from './entry.ts'
import { createHandovers } from './handovers.ts'
import { createOutcomes, type Outcomes } from './outcomes.ts'
import { createRecognition } from './recognition.ts'
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
   * Takes an update. Its channel gets the answer, at most once. `done` is called when it is dealt with, with an error
   * that nobody took care of.
   */
  readonly accept: (update: Update, channel: ReplyChannel, done?: (error: E | undefined) => void) => void
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

  return {
    accept(update, channel, done = ignore) {
      const policy = policies[update.kind]
      const fresh = recognition.take(update, policy, channel)
      if (!fresh) return done(undefined)
      const exchange = new Exchange(policy, fresh.channel)
      runner.onExchange?.(update, exchange)
      entry.enter({ update, key: fresh.key, policy, exchange, done })
    },
    async run(update, kept) {
      await runner.lookUp?.(update)
      const { promise, resolve: settle } = createDeferred<Outcome>()
      const task = { update, key: undefined, policy: KEPT, exchange: answeredExchange(), kept, done: ignore, settle }
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

function ignore(): void {}

/** Runs a task, and answers it where its handler has not. A promise is made only where the handler has one. */
function worker<E>(runner: Runner<E>, outcomes: Outcomes<E>): (task: Task<E>, slot: Slot) => Promise<void> | undefined {
  const succeed = (task: Task<E>): void => {
    try {
      outcomes.handled(task)
      task.exchange.respond(task.policy.ended)
    } finally {
      task.done(undefined)
    }
  }
  const fail = async (task: Task<E>, error: E): Promise<void> => {
    let left: E | undefined = error
    try {
      left = await outcomes.failed(task, error)
    } finally {
      task.done(left)
    }
  }
  const end = (task: Task<E>, error: E | undefined): Promise<void> | undefined => {
    outcomes.settled(task, error === undefined ? 'handled' : 'failed')
    return error === undefined ? void succeed(task) : fail(task, error)
  }
  return (task, slot) => {
    const error = runner.run(task.update, task.exchange, slot, task.kept)
    return error instanceof Promise ? error.then(error => end(task, error)) : end(task, error)
  }
}
