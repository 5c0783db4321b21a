import type { Store } from '../store.ts'

/** For so long a number is remembered after its lock was last taken, in milliseconds: a day. */
const MEMORY = 86_400_000

/**
 * Draws a number higher than all that were drawn for this key before. It is the time, or one more than the last number: so
 * it goes up even when the last one is forgotten, as long as the clocks of the processes differ by less than a day.
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
