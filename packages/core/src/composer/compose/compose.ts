import { thrownText } from '../../utils/thrown-text.ts'

/** Runs the rest of the middleware chain. Call it at most once, and await or return its promise. */
export type Next = () => Promise<void>

/**
 * Middleware, as in Koa and grammY: a function of context and `next`. It does its work, and calls `next` to pass the
 * update on, or does not.
 *
 * @example
 * const timing: Middleware<Context> = async (ctx, next) => {
 *   const start = Date.now()
 *   await next()
 *   ctx.log.info(`${Date.now() - start} ms`)
 * }
 */
export type Middleware<in C> = (ctx: C, next: Next) => unknown

/** Middleware chain as one function. Rejects with whatever a middleware throws. */
export type Composed<in C> = (ctx: C, next?: Next) => Promise<void>

/** Options of {@link compose}. */
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

/**
 * Composes several middleware functions into one, as Koa does: each runs the following ones by `next()`. Bots do it for
 * you; use it for chains of your own.
 *
 * @throws (the promise rejects) Error if a middleware calls `next()` twice.
 * @example
 * const run = compose<{ log: string[] }>([
 *   async (ctx, next) => { ctx.log.push('in'); await next(); ctx.log.push('out') },
 *   ctx => ctx.log.push('handler'),
 * ])
 */
export function compose<C>(middleware: readonly Middleware<C>[], options: ComposeOptions = {}): Composed<C> {
  const steps = [...middleware]
  const watcher = createWatcher(options.onUnawaited ?? warn)
  const watched = steps.map(step => watcher.watch(step))
  let runs = 0

  return (ctx, next) => {
    // A chain with such a fault is always checked: a rejection that nobody handles would end the process.
    const chain = runs < WATCHED_RUNS || watcher.found ? watched : steps
    runs++
    let last = -1
    const dispatch = (index: number): Promise<void> => {
      if (index <= last) return rejected(new Error(doubleNext(steps[index - 1])))
      last = index
      const step = chain[index]
      try {
        if (step === undefined) return next ? next() : Promise.resolve()
        return Promise.resolve(step(ctx, () => dispatch(index + 1))) as Promise<void>
      } catch (error) {
        return rejected(error)
      }
    }
    return dispatch(0)
  }
}

interface Watcher {
  /** True if an unawaited `next()` was found. */
  readonly found: boolean
  readonly watch: <C>(step: Middleware<C>) => Middleware<C>
}

/** Wraps middleware to detect when one ends while the rest of its chain still runs. */
function createWatcher(onUnawaited: (message: string) => void): Watcher {
  const told = new WeakSet<object>()
  let found = false
  const tell = (step: Named): void => {
    found = true
    if (told.has(step)) return
    told.add(step)
    onUnawaited(
      `${nameOf(step)} ended before the rest of its chain did: it calls next() without await, so order and errors get lost.`,
    )
  }
  const watch =
    <C>(step: Middleware<C>): Middleware<C> =>
    async (ctx, next) => {
      let pending = 0
      let ended = false
      const onLost = (error: unknown): void => {
        pending--
        if (ended) onUnawaited(`An error was lost, because ${nameOf(step)} did not await next(): ${thrownText(error)}`)
      }
      const observed: Next = () => {
        pending++
        const rest = next()
        rest.then(() => pending--, onLost)
        return rest
      }
      try {
        return await step(ctx, observed)
      } finally {
        ended = true
        if (pending > 0) tell(step)
      }
    }

  return {
    get found() {
      return found
    },
    watch,
  }
}

type Named = object & { readonly name: string }

function nameOf(step: Named | undefined): string {
  return step?.name || 'a middleware'
}

function rejected(error: unknown): Promise<void> {
  const promise = Promise.reject(error)
  promise.catch(() => {})
  return promise
}

function doubleNext(step: Named | undefined): string {
  return `${nameOf(step)} called next() more than once. What follows would run twice; call it once, and await it.`
}

function warn(message: string): void {
  process.emitWarning(message, { code: 'DINGWARE_NEXT' })
}
