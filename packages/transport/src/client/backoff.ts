/** Delays between attempts to connect. They double from `base` to `cap`, each spread at random down to nothing. */
export interface BackoffOptions {
  /** First step, in milliseconds. Default 1,000. */
  readonly base?: number | undefined
  /** Longest step, in milliseconds. Default 30,000. */
  readonly cap?: number | undefined
  /** Life of a connection, in milliseconds, after which the steps start over. Default 60,000. */
  readonly stableAfter?: number | undefined
  /** Spread of the attempt that follows a drop at once, in milliseconds. Default 50. */
  readonly jitter?: number | undefined
  /** Gives a number from 0 to 1, for tests. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

/** Delays of one connection. */
export interface Backoff {
  /**
   * Milliseconds to wait before the next attempt. Each call counts as an attempt. After an announced end the first one
   * is not spread: the platform chose the moment for this connection alone, and delivers nothing to it any more.
   */
  readonly next: (after?: { readonly announced: boolean }) => number
  /** Notes how long a connection lived, in milliseconds. */
  readonly lived: (ms: number) => void
  /** Starts the steps over. */
  readonly reset: () => void
}

/**
 * Creates the delays of one connection: the first attempt at once, then 1 s · 2ⁿ with full jitter up to the cap.
 *
 * Hint: opening alone does not start the steps over, living does. A server that accepts and drops would otherwise be
 * called in a tight loop.
 */
export function createBackoff(options: BackoffOptions = {}): Backoff {
  const { base = 1_000, cap = 30_000, stableAfter = 60_000, jitter = 50, random = Math.random } = options
  let attempts = 0
  return {
    next({ announced } = { announced: false }) {
      const spread = announced ? 0 : jitter
      const range = attempts === 0 ? spread : Math.min(cap, base * 2 ** (attempts - 1))
      attempts++
      return random() * range
    },
    lived(ms) {
      if (ms >= stableAfter) attempts = 0
    },
    reset() {
      attempts = 0
    },
  }
}
