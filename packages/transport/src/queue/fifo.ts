/** List that is taken from at its front and added to at its end. */
export interface Fifo<T> {
  readonly size: number
  /** The item at its front; `undefined` when there is none. */
  readonly first: T | undefined
  readonly push: (item: T) => void
  /** Takes the first item; `undefined` when there is none. */
  readonly shift: () => T | undefined
  /** Removes all items and returns them. */
  readonly clear: () => readonly T[]
}

/** A power of two, so that places are found by masking. */
const SMALLEST = 16
/** Places that an empty list may keep. */
const LARGE = 4_096

/**
 * Creates a list that is cheap at both ends: `Array.shift` moves all that is left, each time. It is a ring, which makes
 * nothing for garbage collectors as long as it does not have to grow.
 */
export function createFifo<T>(): Fifo<T> {
  let ring: (T | undefined)[] = new Array(SMALLEST)
  let head = 0
  let size = 0

  const inOrder = (): readonly T[] => [...ring.slice(head), ...ring.slice(0, head)].slice(0, size) as T[]
  const grow = (): void => {
    const items: (T | undefined)[] = [...inOrder()]
    items.length = 2 * ring.length
    ring = items
    head = 0
  }
  return {
    get size() {
      return size
    },
    get first() {
      return size === 0 ? undefined : ring[head]
    },
    push(item) {
      if (size === ring.length) grow()
      ring[(head + size) & (ring.length - 1)] = item
      size++
    },
    shift() {
      if (size === 0) return undefined
      const item = ring[head]
      ring[head] = undefined
      head = (head + 1) & (ring.length - 1)
      size--
      // The room for a flood is given back when it is over.
      if (size === 0 && ring.length > LARGE) ring = new Array(SMALLEST)
      return item
    },
    clear() {
      const all = inOrder()
      ring = new Array(SMALLEST)
      head = 0
      size = 0
      return all
    },
  }
}
