import { performance as hooks } from 'node:perf_hooks'

/** Settings of the watch for a machine that slept, after which all connections are renewed. */
export interface WakeOptions {
  /** Milliseconds between two looks at the clocks. Default 2,000. */
  readonly interval?: number | undefined
  /** Shortest sleep that counts, in milliseconds. Default 10,000. */
  readonly jump?: number | undefined
}

/**
 * Calls `onWake` when the machine (or this process) slept: sockets that look open are then long dead on the other side.
 * A blocked event loop does not count.
 *
 * A sleep shows in one of two ways. Where the monotonic clock stands still meanwhile (Linux), the wall clock runs ahead
 * of it. Where it runs on (macOS, Windows, a stopped process), the loop was idle for longer than a due timer allows;
 * when it is blocked it is busy, not idle.
 *
 * @returns a function that stops watching.
 */
export function watchWake(
  onWake: (sleptMs: number) => void,
  { interval = 2_000, jump = 10_000 }: WakeOptions = {},
): () => void {
  let before = look()
  const timer = setInterval(() => {
    const now = look()
    const ahead = now.wall - before.wall - (now.monotonic - before.monotonic)
    const overslept = now.idle - before.idle - interval
    before = now
    const slept = Math.max(ahead, overslept)
    if (slept > jump) onWake(Math.round(slept))
  }, interval)
  return () => clearInterval(timer)
}

interface Look {
  readonly wall: number
  readonly monotonic: number
  /** Milliseconds for which the event loop has had nothing to do. */
  readonly idle: number
}

function look(): Look {
  // Bun and Deno count no idle time, or do not know it: there only a clock that ran ahead tells of a sleep.
  const { idle } = hooks.eventLoopUtilization?.() ?? { idle: 0 }
  return { wall: Date.now(), monotonic: performance.now(), idle }
}
