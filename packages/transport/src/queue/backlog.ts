import { createFifo } from './fifo.ts'

/** Items that wait for their turn, bounded by count and by bytes. */
export interface Backlog<T> {
  readonly size: number
  /** Adds an item; false, and nothing is added, when there is no room for it. */
  readonly push: (item: T, bytes: number) => boolean
  /** Takes the first item. */
  readonly shift: () => { readonly item: T } | undefined
  /** Removes all items and returns them. */
  readonly clear: () => readonly T[]
}

/** Creates a backlog that holds at most `maxItems` items of at most `maxBytes` bytes together. */
export function createBacklog<T>(maxItems: number, maxBytes: number): Backlog<T> {
  const entries = createFifo<{ readonly item: T; readonly bytes: number }>()
  let total = 0
  return {
    get size() {
      return entries.size
    },
    push(item, bytes) {
      if (entries.size >= maxItems || total + bytes > maxBytes) return false
      entries.push({ item, bytes })
      total += bytes
      return true
    },
    shift() {
      const first = entries.shift()
      total -= first?.bytes ?? 0
      return first
    },
    clear() {
      const dropped = entries.clear()
      total = 0
      return dropped.map(({ item }) => item)
    },
  }
}
