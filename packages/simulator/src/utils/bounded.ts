/** The newest `limit` items of a list: a simulator may run for days. */
export interface Bounded<T> {
  readonly items: readonly T[]
  push(item: T): void
  /** Puts `next` in the place of `old`; false when `old` has gone. */
  replace(old: T, next: T): boolean
  remove(item: T): void
}

export function bounded<T>(limit: number): Bounded<T> {
  const items: T[] = []
  return {
    items,
    push(item) {
      items.push(item)
      if (items.length > limit) items.shift()
    },
    replace(old, next) {
      const at = items.lastIndexOf(old)
      if (at < 0) return false
      items[at] = next
      return true
    },
    remove(item) {
      const at = items.lastIndexOf(item)
      if (at >= 0) items.splice(at, 1)
    },
  }
}

/** Sets `key`, and drops the oldest keys beyond `limit`. */
export function setBounded<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.set(key, value)
  for (const oldest of map.keys()) {
    if (map.size <= limit) return
    map.delete(oldest)
  }
}
