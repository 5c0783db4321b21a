import { sleep } from '../utils/sleep.ts'

/** What waits for room, in order, and is never too much. */
export interface Line<T> {
  readonly add: (item: T) => void
  /** Forgets what stands in it, and tells what that was. */
  readonly clear: () => readonly T[]
}

/** How often the first in line looks for room, in milliseconds. */
const ROOM_INTERVAL = 50

/** @param enter lets one in, or says that there is no room. */
export function createLine<T>(enter: (item: T) => boolean): Line<T> {
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
