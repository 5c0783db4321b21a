import type { Writable } from 'node:stream'

/** Number of answers after which those held back go out, so that none waits for a long row of handlers. */
const LIMIT = 64

/**
 * Creates a function that is called before each write to `tcp`, so that the answers of one turn of the event loop
 * share a system call. On a plain socket that call costs as much as all other work for a frame; under TLS, which
 * gathers writes of its own, little is gained.
 *
 * Hint: the first write of a turn is never held back. On a plain socket a lone answer is with the kernel when
 * `respond()` returns, even if the process exits in the next line.
 *
 * @param tcp `null` where the runtime keeps it to itself, as Bun does: then nothing is held back.
 */
export function createWriteBatch(tcp: Writable | null): () => void {
  if (!tcp) return () => {}
  let writes = 0
  const release = (): void => {
    if (writes > 1) tcp.uncork()
    writes = 0
  }
  return () => {
    writes++
    if (writes === 1) {
      process.nextTick(release)
    } else if (writes === 2) {
      tcp.cork()
    } else if (writes % LIMIT === 0) {
      tcp.uncork()
      tcp.cork()
    }
  }
}
