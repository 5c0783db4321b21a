import type { RateWindow, Store } from './store.ts'

/** Counts one call in a sliding window: by the store's own `take`, or by `get` and `ifVersion`. @see Store.take */
export async function take(store: Store, key: string, window: RateWindow): Promise<number> {
  if (store.take) return store.take(key, window)
  for (;;) {
    const wait = await tryTake(store, key, window)
    if (wait !== undefined) return wait
  }
}

/** @returns `undefined` if another process wrote first. */
async function tryTake(store: Store, key: string, { limit, windowMs }: RateWindow): Promise<number | undefined> {
  const found = await store.get(key)
  const now = Date.now()
  // Times of earlier calls, oldest first. One of another process may lie ahead of this clock.
  const times = Array.isArray(found?.value) ? found.value.map(Number).filter(time => now - time < windowMs) : []
  const first = times.at(-limit)
  if (first !== undefined) return first + windowMs - now
  const written = found
    ? await store.set(key, [...times, now], { ttlMs: windowMs, ifVersion: found.version })
    : await store.add(key, [now], { ttlMs: windowMs })
  return written ? 0 : undefined
}
