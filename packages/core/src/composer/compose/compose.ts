import { thrownText } from '@dingware/transport'

/** Runs the rest of the chain. Call it at most once, and await or return what it gives. */
export type Next = () => Promise<void>

/** A step of a chain: does its work, calls `next` for what comes after it, or not. */
export type Middleware<in C> = (ctx: C, next: Next) => unknown

/** A chain as one function. */
export type Composed<in C> = (ctx: C, next?: Next) => Promise<void>

export interface ComposeOptions {
  /**
   * Told about a step that ended before what follows it, because it called `next()` without awaiting it, once for each
   * step; and about errors that got lost that way. Looked for in the first 100 runs, and from the first find on for
   * good. Default: a process warning.
   */
  readonly onUnawaited?: ((message: string) => void) | undefined
}

/** How many runs of a chain are watched for a `next()` that nobody awaits. */
const WATCHED_RUNS = 100

/**
 * Makes one function of many, as Koa does: each step runs the following ones by `next()`.
 *
 * @throws (rejects) when a step calls `next()` twice: the rest of the chain would run twice.
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
    // A chain that has shown its fault stays watched: a rejection that nobody awaits would end the process.
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
  /** Whether a step was found that does not await its next(). */
  readonly found: boolean
  readonly watch: <C>(step: Middleware<C>) => Middleware<C>
}

/** Makes observed steps: one should not end while the rest of its chain still runs. */
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
