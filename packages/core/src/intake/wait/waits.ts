import { createDeferred } from '@dingware/transport'
import type { Context } from '../../context/context.ts'
import { stoppedError, tooManyWaitsError, waitTimeoutError } from './errors.ts'
import type { WaitRequest } from './request.ts'

/** Wait that has begun. */
export interface OpenWait<T> {
  readonly answer: Promise<T>
  /** Starts its timeout. */
  readonly begin: () => void
  /** Ends it without an answer. */
  readonly end: (reason: unknown) => void
}

/** Wait that takes an update. */
export interface Taker<O> {
  readonly owner: O
  /** Passes the update. Rejects with the error of its handling. */
  readonly take: (ctx: Context) => Promise<void>
}

/** Open waits of a bot. */
export interface Waits<O> {
  readonly size: number
  /** Opens a wait. It rejects at once if too many are open, or after `close`. */
  readonly open: <T>(owner: O, request: WaitRequest<T>) => OpenWait<T>
  /**
   * Finds the wait that takes an update with these keys. The newest comes first, since people answer the last question.
   */
  readonly find: (ctx: Context, keys: readonly string[]) => Taker<O> | undefined
  /** Ends all waits, and rejects new ones. */
  readonly close: () => void
  readonly reopen: () => void
}

export interface WaitsOptions {
  /** Maximum number of open waits. Default 10,000. */
  readonly max?: number | undefined
  /** Called with errors that a predicate throws. */
  readonly onError?: ((error: unknown) => void) | undefined
}

interface Waiting<O> extends Taker<O>, Pick<WaitRequest<unknown>, 'keys' | 'accepts'> {
  /** Ascending: the newest has the highest. */
  readonly number: number
  readonly end: (reason: unknown) => void
}

/** Ten minutes. */
const DEFAULT_TIMEOUT = 600_000
/** Maximum delay of Node's timers; with a larger one they fire at once. */
const MAX_TIMEOUT = 2 ** 31 - 1

/**
 * Creates the waits of a bot. The cost of matching an update depends on the number of waits under its keys, not on all
 * waits.
 */
export function createWaits<O>({ max = 10_000, onError = () => {} }: WaitsOptions = {}): Waits<O> {
  const index = createIndex<Waiting<O>>()
  let isClosed = false
  let numbers = 0

  const accepts = (waiting: Waiting<O>, ctx: Context): boolean => {
    try {
      return waiting.accepts(ctx)
    } catch (error) {
      onError(error)
      return false
    }
  }

  const refusal = (signal: AbortSignal | undefined): unknown => {
    if (isClosed) return stoppedError()
    if (signal?.aborted) return signal.reason
    return index.size >= max ? tooManyWaitsError(max) : undefined
  }

  const open = <T>(owner: O, { take, signal, timeout = DEFAULT_TIMEOUT, ...request }: WaitRequest<T>): OpenWait<T> => {
    const { promise: answer, resolve, reject } = createDeferred<T>()
    // The wait may end while its handler still asks the question.
    answer.catch(() => {})
    let timer: NodeJS.Timeout | undefined
    const leave = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      index.delete(waiting)
    }
    const end = (reason: unknown): void => {
      leave()
      reject(reason)
    }
    const onAbort = (): void => end(signal?.reason)
    const waiting: Waiting<O> = {
      ...request,
      owner,
      number: ++numbers,
      end,
      async take(ctx) {
        const made = take(ctx)
        // Synchronous if possible, since the next update may be for the next wait.
        const value = made instanceof Promise ? await made : made
        if (value === undefined) return
        leave()
        resolve(value)
      },
    }
    const refused = refusal(signal)
    if (refused === undefined) {
      index.add(waiting)
      signal?.addEventListener('abort', onAbort, { once: true })
    } else {
      reject(refused)
    }
    return {
      answer,
      end,
      begin() {
        if (!index.has(waiting) || timeout === Number.POSITIVE_INFINITY) return
        timer = setTimeout(() => end(waitTimeoutError(timeout)), Math.min(timeout, MAX_TIMEOUT))
      },
    }
  }

  return {
    get size() {
      return index.size
    },
    open,
    find(ctx, keys) {
      const candidates = new Set(keys.flatMap(index.under))
      return [...candidates].sort((a, b) => b.number - a.number).find(waiting => accepts(waiting, ctx))
    },
    close() {
      isClosed = true
      for (const waiting of index.all()) waiting.end(stoppedError())
    },
    reopen() {
      isClosed = false
    },
  }
}

interface Index<T> {
  readonly size: number
  readonly has: (item: T) => boolean
  readonly add: (item: T) => void
  readonly delete: (item: T) => void
  readonly under: (key: string) => readonly T[]
  readonly all: () => readonly T[]
}

/** Creates a set whose items are found by any of their keys. */
function createIndex<T extends { readonly keys: readonly string[] }>(): Index<T> {
  const items = new Set<T>()
  const buckets = new Map<string, Set<T>>()
  return {
    get size() {
      return items.size
    },
    has: item => items.has(item),
    add(item) {
      items.add(item)
      for (const key of item.keys) buckets.set(key, (buckets.get(key) ?? new Set()).add(item))
    },
    delete(item) {
      if (!items.delete(item)) return
      for (const key of item.keys) {
        const bucket = buckets.get(key)
        bucket?.delete(item)
        if (bucket?.size === 0) buckets.delete(key)
      }
    },
    under: key => [...(buckets.get(key) ?? [])],
    all: () => [...items],
  }
}
