/** Milliseconds between two stalls, on average. */
const APART = 20

/**
 * Holds the thread up now and then for up to `longest` milliseconds, as a busy machine does to it, yet without work for
 * the machine: what a test does in two steps then has something in between. Returns what ends it.
 */
export function startStalls(longest: number): () => void {
  const { setTimeout, clearTimeout } = globalThis
  const never = new Int32Array(new SharedArrayBuffer(4))
  let timer: NodeJS.Timeout
  const plan = (): void => {
    timer = setTimeout(
      () => {
        // Mostly short, seldom long.
        Atomics.wait(never, 0, 0, Math.random() ** 3 * longest)
        plan()
      },
      Math.random() * 2 * APART,
    ).unref()
  }
  plan()
  return () => clearTimeout(timer)
}
