import { DingTalkError, type Logger, thrownText } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'

export interface PumpOptions<T, R> {
  /**
   * Writes items, in this order. Repeated with the same items until the outcome is known: rejects with `ERR_STORE` if
   * they were not written, with another error if that is unknown.
   */
  readonly write: (items: readonly T[]) => Promise<readonly R[]>
  /** Maximum time until the writing of an item begins, in milliseconds. */
  readonly timeout: number
  readonly logger: Logger
  /** Maximum number of waiting items. */
  readonly max: number
}

/** Writer that saves items in order of arrival, in batches, one batch at a time. */
export interface Pump<T, R> {
  /**
   * Resolves to the result of writing. `away`: not written, and will not be; `refused`: too many wait. Stays pending
   * while the outcome is unknown.
   */
  readonly push: (item: T) => Promise<R | 'away' | 'refused'>
  /** Writes no more; unwritten items are `away`. */
  readonly close: () => void
}

interface Waiting<T, R> {
  readonly item: T
  readonly resolve: (result: R | 'away') => void
  readonly timer: NodeJS.Timeout
}

const BATCH = 64
/** Milliseconds between two attempts. */
const RETRY_INTERVAL = 200

export function createPump<T, R>({ write, timeout, logger, max }: PumpOptions<T, R>): Pump<T, R> {
  const queue = new Set<Waiting<T, R>>()
  let closed = new AbortController()
  let isPumping = false
  let isAway = false

  const leave = (reason: string): void => {
    if (!isAway) logger.warn(`${AWAY} ${reason}`)
    isAway = true
  }
  const comeBack = (): void => {
    if (isAway) logger.info('The inbox keeps updates again.')
    isAway = false
  }
  const takeBatch = (): Waiting<T, R>[] => {
    const batch = [...queue].slice(0, BATCH)
    for (const waiting of batch) {
      queue.delete(waiting)
      clearTimeout(waiting.timer)
    }
    return batch
  }

  const writeBatch = async (batch: readonly Waiting<T, R>[], signal: AbortSignal): Promise<void> => {
    const items = batch.map(({ item }) => item)
    const results = await writeUntilKnown(() => write(items), { signal, timeout, onTrouble: leave })
    for (const [index, { resolve }] of batch.entries()) resolve(results?.[index] ?? 'away')
    if (results) comeBack()
  }

  const pump = async (signal: AbortSignal): Promise<void> => {
    while (queue.size > 0 && !signal.aborted) await writeBatch(takeBatch(), signal)
    isPumping = false
  }

  return {
    push(item) {
      // If the present batch is stuck, new items need not wait for it.
      if (isAway && isPumping) return Promise.resolve('away')
      if (queue.size >= max) return Promise.resolve('refused')
      return new Promise(resolve => {
        const onTimeout = (): void => {
          queue.delete(waiting)
          leave(`It has not answered for ${timeout} ms.`)
          resolve('away')
        }
        const waiting = { item, resolve, timer: setTimeout(onTimeout, timeout) }
        queue.add(waiting)
        if (isPumping) return
        isPumping = true
        // In a microtask, so that items of the same turn form one batch.
        queueMicrotask(() => void pump(closed.signal))
      })
    },
    close() {
      closed.abort()
      closed = new AbortController()
      for (const { resolve, timer } of queue) {
        clearTimeout(timer)
        resolve('away')
      }
      queue.clear()
    },
  }
}

interface Tries {
  readonly signal: AbortSignal
  readonly timeout: number
  /** Told when it failed, or has been tried for longer than `timeout` milliseconds. */
  readonly onTrouble: (reason: string) => void
}

/**
 * Repeats a write until it is known what became of it: somebody may run the items already, so they are not run from memory
 * before it is known that nobody does.
 *
 * @returns nothing where nothing was written.
 */
async function writeUntilKnown<R>(
  write: () => Promise<readonly R[]>,
  { signal, timeout, onTrouble }: Tries,
): Promise<readonly R[] | undefined> {
  for (const since = performance.now(); ; ) {
    try {
      return await write()
    } catch (error) {
      const isOver = isRefusal(error) || signal.aborted
      if (isOver || performance.now() - since > timeout) onTrouble(thrownText(error))
      if (isOver) return undefined
      await sleep(RETRY_INTERVAL, signal).catch(() => {})
    }
  }
}

const AWAY =
  'The inbox cannot keep updates: messages are handled from memory, so a crash now loses those that run, and events are asked for again later. It goes on by itself.'

function isRefusal(error: unknown): boolean {
  return DingTalkError.isInstance(error) && error.code === 'ERR_STORE'
}
