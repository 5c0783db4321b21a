import { createItemQueue, type Slot, type WorkQueue, type WorkQueueOptions } from '@dingware/transport'
import type { Task } from './task.ts'

/** How full a queue is. */
export interface Load extends Pick<WorkQueue, 'running' | 'concurrency' | 'waiting'> {
  /** Tasks that have begun and hold no slot. */
  readonly suspended: number
}

/** The tasks that run, and those that wait for a slot. */
export interface TaskQueue<E> extends Pick<WorkQueue, 'idle'> {
  /** Runs a task in its time. @returns false when too much waits. */
  readonly add: (task: Task<E>) => boolean
  readonly load: () => Load
  /** Forgets what has not begun. @returns the tasks. */
  readonly clear: () => readonly Task<E>[]
}

/** @param work runs a task. It may return a promise while that runs. */
export function createTaskQueue<E>(
  limits: WorkQueueOptions,
  work: (task: Task<E>, slot: Slot) => Promise<void> | undefined,
): TaskQueue<E> {
  // Deferred, so that the answer to the platform does not wait for synchronous work of a handler.
  const queue = createItemQueue<Task<E>>(limits, { run: work, isDeferred: true })
  return {
    add: task => queue.push(task, task.update.size),
    load() {
      const { running, concurrency, waiting, lent: suspended } = queue
      return { running, concurrency, waiting, suspended }
    },
    idle: queue.idle,
    clear: queue.takeWaiting,
  }
}
