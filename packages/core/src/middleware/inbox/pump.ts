import { DingTalkError, type Logger } from '@dingware/transport'
import { sleep } from '../../utils/sleep.ts'
import { thrownText } from '../../utils/thrown-text.ts'

export interface PumpOptions<T, R> {
  /**
   * Writes items, in this order. Repeated with the same items until the outcome is known: rejects with `ERR_STORE` if
   * they were not written, with another error if that is unknown.
   */
  readonly write: (items: readonly T[]) => Promise<readonly R[]>
  /** Maximum time until the writing of an item begins, in milliseconds. */
  readonly patience: number
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

export function createPump<T, R>({ write, patience, logger, max }: PumpOptions<T, R>): Pump<T, R> {
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
    // Another instance may run it already, so it is not run from memory before the outcome is known.
    for (const since = performance.now(); ; ) {
      try {
        const results = await write(items)
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] ?? 'away')
        return comeBack()
      } catch (error) {
        if (isRefusal(error) || signal.aborted) {
          leave(thrownText(error))
          for (const { resolve } of batch) resolve('away')
          return
        }
        if (performance.now() - since > patience) leave(thrownText(error))
        await sleep(RETRY_INTERVAL, signal).catch(() => {})
      }
    }
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
        const onImpatient = (): void => {
          queue.delete(waiting)
          leave(`It has not answered for ${patience} ms.`)
          resolve('away')
        }
        const waiting = { item, resolve, timer: setTimeout(onImpatient, patience) }
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

const AWAY =
  'The inbox cannot keep updates: messages are handled from memory, so a crash now loses those that run, and events are asked for again later. It goes on by itself.'

function isRefusal(error: unknown): boolean {
  return DingTalkError.isInstance(error) && error.code === 'ERR_STORE'
}
