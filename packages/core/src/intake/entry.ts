import type { Admission } from './admission/admission.ts'
import { type Decisions, isMessage } from './decisions.ts'
import type { Handovers } from './handovers.ts'
import { createPending, type Pending } from './pending.ts'
import type { Runner } from './runner.ts'
import type { Task } from './task.ts'

export interface EntryOptions<E> {
  readonly runner: Pick<Runner<E>, 'lookUp' | 'offer'>
  readonly admission: (() => Admission | undefined) | undefined
  readonly handovers: Handovers<E>
  readonly decisions: Decisions<E>
}

/** Where updates come in: to the handler that waits for them, else past the admission into the queue. */
export interface Entry<E> extends Pick<Pending<Task<E>>, 'idle' | 'clear'> {
  readonly enter: (task: Task<E>) => void
}

export function createEntry<E>({ runner, admission, handovers, decisions }: EntryOptions<E>): Entry<E> {
  /** Updates whose admission is not decided yet. */
  const arrivals = createPending<Task<E>>()

  const pass = (task: Task<E>): void => {
    const { update, exchange } = task
    const taken = runner.offer?.(update, exchange)
    const admitted = taken ? undefined : admission?.()?.admit(update)
    if (taken) void handovers.add(task, taken)
    else if (!admitted) decisions.take(task)
    else if (!(admitted instanceof Promise)) decisions.carryOut(task, admitted)
    else {
      // A message is not answered before it is known whether it may be saved; an event would be pushed again in time.
      if (isMessage(update)) exchange.expect(undefined)
      arrivals.add(task, admitted, result => decisions.carryOut(task, result))
    }
  }

  return {
    enter(task) {
      const known = runner.lookUp?.(task.update)
      if (known) arrivals.add(task, known, () => pass(task))
      else pass(task)
    },
    idle: arrivals.idle,
    clear: arrivals.clear,
  }
}
