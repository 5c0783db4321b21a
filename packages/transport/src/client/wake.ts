export interface WakeOptions {
  /** Milliseconds between looks. Default 2,000. */
  readonly interval?: number | undefined
  /** By how many milliseconds the wall clock must run ahead of the monotonic one. Default 10,000. */
  readonly jump?: number | undefined
}

/**
 * Calls `onWake` when the wall clock jumped ahead of the monotonic clock: the machine slept, and sockets that look open
 * are long dead on the other side. A blocked event loop moves both clocks alike and does not count.
 *
 * @returns a function that stops watching.
 */
export function watchWake(
  onWake: (sleptMs: number) => void,
  { interval = 2_000, jump = 10_000 }: WakeOptions = {},
): () => void {
  let wall = Date.now()
  let monotonic = performance.now()
  const timer = setInterval(() => {
    const slept = Date.now() - wall - (performance.now() - monotonic)
    wall = Date.now()
    monotonic = performance.now()
    if (slept > jump) onWake(Math.round(slept))
  }, interval)
  return () => clearInterval(timer)
}
