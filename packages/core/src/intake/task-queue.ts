import { createWorkQueue, type Slot, type WorkQueue, type WorkQueueOptions } from '@dingware/transport'
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

/** @param work runs a task. What it resolves to is what the task is done with. */
export function createTaskQueue<E>(
  limits: WorkQueueOptions,
  work: (task: Task<E>, slot: Slot) => Promise<E | undefined>,
): TaskQueue<E> {
  const queue = createWorkQueue(limits)
  const waiting = new Set<Task<E>>()
  return {
    add(task) {
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
    },
    load() {
      const { running, concurrency, waiting, lent: suspended } = queue
      return { running, concurrency, waiting, suspended }
    },
    idle: queue.idle,
    clear() {
      queue.clear()
      const dropped = [...waiting]
      waiting.clear()
      return dropped
    },
  }
}
