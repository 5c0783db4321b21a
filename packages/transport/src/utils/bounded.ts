/** A Map or a Set: both keep the order in which entries were added. */
interface Memory<K, V> {
  entries(): Iterable<[K, V]>
  delete(key: K): boolean
}

/** Sets `key` as the newest of a map; beyond `max` keys the oldest are forgotten. */
export function setBounded<K, V>(map: Map<K, V>, key: K, value: V, max: number): void {
  map.delete(key)
  map.set(key, value)
  forgetOldest(map, () => map.size > max)
}

/** Adds `value` as the newest of a set; beyond `max` values the oldest are forgotten. */
export function addBounded<T>(set: Set<T>, value: T, max: number): void {
  set.delete(value)
  set.add(value)
  forgetOldest(set, () => set.size > max)
}

/** Forgets the oldest of a map or a set, one after another, up to the first that is to be kept. */
export function forgetOldest<K, V>(
  memory: Memory<K, V>,
  isToGo: (value: V, key: K) => boolean,
  forget: (key: K) => unknown = key => memory.delete(key),
): void {
  for (const [key, value] of memory.entries()) {
    if (!isToGo(value, key)) return
    forget(key)
  }
}
