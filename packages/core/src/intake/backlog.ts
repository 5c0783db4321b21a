import { sleep } from '../utils/sleep.ts'

/** What waits for room, in order, and is never too much. */
export interface Backlog<T> {
  readonly add: (item: T) => void
  /** Forgets what stands in it, and tells what that was. */
  readonly clear: () => readonly T[]
}

/** How often the first in it looks for room, in milliseconds. */
const ROOM_INTERVAL = 50

/** @param enter lets one in, or says that there is no room. */
export function createBacklog<T>(enter: (item: T) => boolean): Backlog<T> {
  const items = new Set<T>()
  let last: Promise<void> = Promise.resolve()
  return {
    add(item) {
      items.add(item)
      last = last.then(async () => {
        while (items.has(item) && !enter(item)) await sleep(ROOM_INTERVAL)
        items.delete(item)
      })
    },
    clear() {
      const all = [...items]
      items.clear()
      return all
    },
  }
}
