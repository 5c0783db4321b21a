import { createFifo } from './fifo.ts'

/**
 * Right to run, which a piece of work holds from its beginning to its end.
 *
 * @example
 * queue.push(async slot => {
 *   const answer = await slot.lend(waitForAnswer())
 *   await handle(answer)
 * }, bytes)
 */
export interface Slot {
  /**
   * Lends the slot to others until `wait` settles, then takes one again, ahead of work that has not begun; resolves or
   * rejects as `wait` does. For work that waits for its turn or for a person, and would else keep others from running.
   *
   * Hint: of several waits at once the first lends the slot and the last takes it again. Work that has ended has none
   * to lend: it just waits.
   */
  readonly lend: <T>(wait: PromiseLike<T>) => Promise<T>
}

/** Slot as its queue sees it. */
export interface HeldSlot extends Slot {
  /** Ends the work, so that others may run. */
  readonly end: () => void
  /** Does the same for work that returned nothing; the caller looks for others to run. */
  readonly drop: () => void
}

/** Slots of a queue. */
export interface Slots {
  readonly running: number
  /** Pieces of work that have lent their slot. */
  readonly lent: number
  readonly isFree: boolean
  /** Takes a slot for work that begins. */
  readonly take: () => HeldSlot
  /** Gives a free slot to the first one that lent its own and wants it again; false when there is none. */
  readonly resume: () => boolean
}

/** Creates as many slots as may run at once. `onChange` is called when one became free, or when lent work ended. */
export function createSlots(concurrency: number, onChange: () => void): Slots {
  const counts = { running: 0, lent: 0 }
  const returning = createFifo<() => void>()
  const acquire = (): Promise<void> | undefined => {
    if (counts.running >= concurrency) return new Promise(resolve => returning.push(resolve))
    counts.running++
    return undefined
  }
  return {
    get running() {
      return counts.running
    },
    get lent() {
      return counts.lent
    },
    get isFree() {
      return counts.running < concurrency
    },
    take() {
      counts.running++
      return createSlot(counts, acquire, onChange)
    },
    resume() {
      const resolve = returning.shift()
      if (!resolve) return false
      counts.running++
      resolve()
      return true
    },
  }
}

/** Creates the slot of one piece of work: held while it runs, lent while at least one wait goes on, gone at its end. */
function createSlot(
  counts: { running: number; lent: number },
  acquire: () => Promise<void> | undefined,
  onChange: () => void,
): HeldSlot {
  let waits = 0
  let isLent = false
  let hasEnded = false

  const release = (): void => {
    counts.running--
    onChange()
  }
  const takeBack = async (): Promise<void> => {
    await acquire()
    // In the meantime it may have ended, waited anew, or been given the slot by a wait that ended at the same time.
    if (hasEnded || waits > 0 || !isLent) return release()
    isLent = false
    counts.lent--
  }
  const drop = (): void => {
    hasEnded = true
    if (isLent) counts.lent--
    else counts.running--
  }

  return {
    drop,
    async lend(wait) {
      if (hasEnded) return wait
      waits++
      if (!isLent) {
        isLent = true
        counts.lent++
        release()
      }
      try {
        return await wait
      } finally {
        waits--
        if (waits === 0 && !hasEnded) await takeBack()
      }
    },
    end() {
      drop()
      onChange()
    },
  }
}
