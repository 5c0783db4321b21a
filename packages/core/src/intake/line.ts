import { sleep } from '../utils/sleep.ts'

/** Queue, in order, of items that wait for room. Its users limit its size. */
export interface Line<T> {
  readonly add: (item: T) => void
  /** Removes all items and returns them. */
  readonly clear: () => readonly T[]
}

/** Milliseconds between two attempts of the first item to get room. */
const ROOM_INTERVAL = 50

/** @param enter tries to take an item; returns false if there is no room */
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
