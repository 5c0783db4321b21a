import type { Store } from '../store.ts'

/** Milliseconds for which the last token of a lock is kept: one day. */
const MEMORY = 86_400_000

/**
 * Draws a fencing token: a number higher than all that were drawn for this key before. It is the current time, or the
 * last token plus one if that is higher. So tokens grow even after the last one has expired, as long as the clocks of
 * the processes differ by less than a day.
 */
export async function drawFencingToken(store: Store, key: string): Promise<number> {
  const name = `${key}:token`
  for (;;) {
    const found = await store.get(name)
    const token = Math.max(Date.now(), Number(found?.value ?? 0) + 1)
    const isDrawn = found
      ? await store.set(name, token, { ttlMs: MEMORY, ifVersion: found.version })
      : await store.add(name, token, { ttlMs: MEMORY })
    if (isDrawn) return token
  }
}
