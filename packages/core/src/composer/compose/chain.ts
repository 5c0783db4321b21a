import { isThenable } from '@dingware/transport'
import type { Middleware, Next } from './middleware.ts'
import { createWatcher, nameOf } from './watcher.ts'

/**
 * Middleware chain as one function. It makes a promise only where a middleware has one: if nothing has to be awaited,
 * it has ended when it returns. May throw.
 */
export type Chain<in C> = (ctx: C, next?: Next) => Promise<void> | undefined

/** Options of `compose`. */
export interface ComposeOptions {
  /**
   * Called when a middleware ends before its `next()` has, because it did not await it (once per middleware), and for
   * errors that are lost that way. Checked in the first 100 runs, and for ever after the first finding. Default: a
   * process warning.
   */
  readonly onUnawaited?: ((message: string) => void) | undefined
}

/** Number of runs that are checked for an unawaited `next()`. */
const WATCHED_RUNS = 100

const ENDED = Promise.resolve()

/** Makes a chain of middleware; see `compose`. */
export function createChain<C>(middleware: readonly Middleware<C>[], options: ComposeOptions = {}): Chain<C> {
  const steps = [...middleware]
  const watcher = createWatcher(options.onUnawaited)
  const watched = steps.map(step => watcher.watch(step))
  let runs = 0

  return (ctx, next) => {
    // A chain with such a fault is always checked: a rejection that nobody handles would end the process.
    const chain = runs < WATCHED_RUNS || watcher.found ? watched : steps
    runs++
    return new Dispatch(chain, ctx, next).run(0)
  }
}

/** One run of a chain. */
class Dispatch<C> {
  readonly #chain: readonly Middleware<C>[]
  readonly #ctx: C
  readonly #next: Next | undefined
  #last = -1

  constructor(chain: readonly Middleware<C>[], ctx: C, next: Next | undefined) {
    this.#chain = chain
    this.#ctx = ctx
    this.#next = next
  }

  run(index: number): Promise<void> | undefined {
    if (index <= this.#last) throw new Error(doubleNext(nameOf(this.#chain[index - 1])))
    this.#last = index
    const step = this.#chain[index]
    return pendingOf(step ? step(this.#ctx, () => this.#follow(index + 1)) : this.#next?.())
  }

  /** What `next()` gives, whatever comes of it: always a promise. */
  #follow(index: number): Promise<void> {
    try {
      return this.run(index) ?? ENDED
    } catch (error) {
      const promise = Promise.reject(error)
      // Nobody may await it; then the watcher tells of it, and the process goes on.
      promise.catch(() => {})
      return promise
    }
  }
}

/** @returns nothing for what has ended. */
function pendingOf(result: unknown): Promise<void> | undefined {
  if (result instanceof Promise) return result
  return isThenable(result) ? Promise.resolve(result).then(() => {}) : undefined
}

function doubleNext(name: string): string {
  return `${name} called next() more than once. What follows would run twice; call it once, and await it.`
}
