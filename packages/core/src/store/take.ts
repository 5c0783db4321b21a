import type { RateWindow, Store } from './store.ts'

/** A hundred years: what no store could tell from for ever, but each can count. */
const FOREVER = 100 * 365 * 86_400_000

/** The same limit in whole calls, and a time that every store can hold: a half within a second is one within two. */
export function wholeWindow({ limit, windowMs }: RateWindow): RateWindow {
  const parts = limit > 0 && limit < 1 ? limit : 1
  const whole = limit > Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : Math.floor(limit / parts)
  return { limit: whole, windowMs: Math.min(windowMs / parts, FOREVER) }
}

/** Counts one call in a sliding window: by the store's own `take`, or by `get` and `ifVersion`. @see Store.take */
export async function take(store: Store, key: string, given: RateWindow): Promise<number> {
  const window = wholeWindow(given)
  if (window.limit === 0) return Number.POSITIVE_INFINITY
  if (window.limit === Number.POSITIVE_INFINITY) return 0
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
  // Its times of passing, oldest first. One of another process may lie ahead of this clock; one that lies further ahead
  // than a window is of a clock that has been set back since.
  const known: readonly unknown[] = Array.isArray(found?.value) ? found.value : []
  const times = known.map(Number).filter(time => Math.abs(now - time) < windowMs)
  const first = times.at(-limit)
  if (first !== undefined) return Math.min(first + windowMs - now, windowMs)
  const written = found
    ? await store.set(key, [...times, now], { ttlMs: windowMs, ifVersion: found.version })
    : await store.add(key, [now], { ttlMs: windowMs })
  return written ? 0 : undefined
}
