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

/** Creates a list that is cheap at both ends: `Array.shift` moves all that is left, each time. */
export function createFifo<T>(): Fifo<T> {
  let items: T[] = []
  let head = 0
  return {
    get size() {
      return items.length - head
    },
    get first() {
      return items[head]
    },
    push: item => void items.push(item),
    shift() {
      if (head === items.length) return undefined
      const item = items[head++]
      if (head > 256 && head * 2 > items.length) {
        items = items.slice(head)
        head = 0
      }
      return item
    },
    clear() {
      const all = items.slice(head)
      items = []
      head = 0
      return all
    },
  }
}
