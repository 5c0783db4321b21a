import { sleep } from '@dingware/core/plugin'
import { failureOf } from '../deliver/failure.ts'

export type PersistResult =
  | { readonly ok: true }
  /** Refused for good; or `isLate`: given up because the time was over. */
  | { readonly ok: false; readonly isLate: boolean; readonly error: unknown }

const FIRST_DELAY = 500
const LONGEST_DELAY = 8_000

/** Tries until it works, is refused for good, or the signal aborts. Never rejects. */
export async function persist(attempt: () => Promise<unknown>, signal: AbortSignal): Promise<PersistResult> {
  let delay = FIRST_DELAY
  let error: unknown = signal.reason
  while (!signal.aborted) {
    try {
      await attempt()
      return { ok: true }
    } catch (thrown) {
      if (signal.aborted) break
      error = thrown
      if (failureOf(thrown) === 'permanent') return { ok: false, isLate: false, error }
    }
    await sleep(delay, signal).catch(() => {})
    delay = Math.min(delay * 2, LONGEST_DELAY)
  }
  return { ok: false, isLate: true, error }
}
