import { TimeoutError } from '@dingware/core'
import { type Part, partsOf } from './part.ts'
import { type Puller, pullerOf, type TextSource } from './source.ts'

export interface ReadOptions {
  /** Milliseconds without a piece until the source counts as hung. */
  readonly idleTimeout: number
  readonly signal: AbortSignal
  readonly onPart: (part: Part) => void
}

/** Pieces after which others get their turn. */
const YIELD_EVERY = 1_000

/**
 * Reads a source to its end, as fast as it gives. When reading ends in any other way (the source throws, hangs, says
 * that it failed, or the signal aborts) the source is told, and the promise rejects with the reason.
 */
export async function readSource(source: TextSource, { idleTimeout, signal, onPart }: ReadOptions): Promise<void> {
  const puller = pullerOf(source)
  const decoder = new TextDecoder()
  let isDone = false
  try {
    const watch = createWatch(idleTimeout, signal)
    try {
      for (let count = 1; ; count++) {
        // A source that never waits would let nothing else happen, not even its own end.
        if (count % YIELD_EVERY === 0) await new Promise(setImmediate)
        const { done, value } = await watch.next(puller)
        if (done) break
        const chunk = value instanceof Uint8Array ? decoder.decode(value, { stream: true }) : value
        for (const part of partsOf(chunk)) {
          if (part.kind === 'error') throw part.error
          onPart(part)
        }
      }
      isDone = true
    } finally {
      watch.end()
    }
  } finally {
    if (!isDone) puller.stop()
  }
}

interface Watch {
  readonly next: (puller: Puller) => Promise<IteratorResult<unknown>>
  readonly end: () => void
}

/** One timer and one listener for the whole source, however many pieces it has. */
function createWatch(idleTimeout: number, signal: AbortSignal): Watch {
  let giveUp: (reason: unknown) => void = () => {}
  let lastAt = performance.now()
  const onAbort = (): void => giveUp(signal.reason)
  const onTick = (): void => {
    const left = lastAt + idleTimeout - performance.now()
    if (left > 0) timer = setTimeout(onTick, left)
    else giveUp(hung(idleTimeout))
  }
  let timer = setTimeout(onTick, idleTimeout)
  signal.addEventListener('abort', onAbort, { once: true })
  return {
    next: puller =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        lastAt = performance.now()
        giveUp = reject
        puller.next().then(resolve, reject)
      }),
    end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
    },
  }
}

function hung(idleTimeout: number): TimeoutError {
  const problem = `The source of an AI card gave nothing for ${idleTimeout} ms, so the card was closed with what there was. Raise \`idleTimeout\` if the model may think longer.`
  return new TimeoutError(problem, { code: 'ERR_SOURCE_IDLE' })
}
