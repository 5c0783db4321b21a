import { LATE_MESSAGE, later } from '../updates/answer/ack-policy.ts'
import type { Update } from '../updates/update.ts'
import type { Admitted } from './admission/admission.ts'
import type { Dedupe } from './dedupe/dedupe.ts'
import type { Outcomes } from './outcomes.ts'
import type { Task } from './task.ts'

export interface DecisionsOptions<E> {
  readonly dedupe: Dedupe
  readonly outcomes: Outcomes<E>
  /** Puts a task into the queue. @returns false when too much waits. */
  readonly enqueue: (task: Task<E>) => boolean
  /** Told about each update that somebody else has. */
  readonly onDuplicate: () => void
}

/** Carries out what is decided about an update. */
export interface Decisions<E> {
  /** Lets a task into the queue, or refuses it. */
  readonly take: (task: Task<E>) => void
  /** Does as the admission says. */
  readonly carryOut: (task: Task<E>, admitted: Admitted) => void
}

export function createDecisions<E>({ dedupe, outcomes, enqueue, onDuplicate }: DecisionsOptions<E>): Decisions<E> {
  const take = (task: Task<E>): void => {
    if (!enqueue(task)) outcomes.overloaded(task)
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
    outcomes.abandoned(task)
  }

  /** Whoever has it answers for it. */
  const leaveTo = ({ key, policy, exchange, done }: Task<E>, state: Owned, handled?: Promise<unknown>): void => {
    if (state !== 'kept') onDuplicate()
    if (key && state === 'running') dedupe.forget(key)
    else if (key) dedupe.succeed(key)
    exchange.respond(state === 'running' ? policy.running : policy.done)
    exchange.close()
    if (handled) void handled.then(() => done(undefined))
    else done(undefined)
  }

  return {
    take,
    carryOut(task, admitted) {
      switch (admitted.state) {
        case 'claimed':
          task.exchange.expect(task.policy.overdue)
          return take({ ...task, settle: admitted.settle })
        case 'refused':
          return outcomes.overloaded(task)
        case 'away':
          return fallBack(task)
        case 'kept':
          return leaveTo(task, admitted.state, admitted.handled)
        default:
          return leaveTo(task, admitted.state)
      }
    },
  }
}

type Owned = Extract<Admitted['state'], 'kept' | 'running' | 'done'>

export function isMessage({ kind }: Update): boolean {
  return kind === 'chatbot' || kind === 'delegate'
}
