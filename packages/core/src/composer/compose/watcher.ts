import { thrownText } from '@dingware/transport'
import type { Middleware, Next } from './middleware.ts'

export interface Watcher {
  /** True if an unawaited `next()` was found. */
  readonly found: boolean
  readonly watch: <C>(step: Middleware<C>) => Middleware<C>
}

/** Wraps middleware to detect when one ends while the rest of its chain still runs. */
export function createWatcher(onUnawaited: (message: string) => void = warn): Watcher {
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
  const watch = <C>(step: Middleware<C>): Middleware<C> => {
    const watched: Middleware<C> = async (ctx, next) => {
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
    // Errors name it.
    return Object.defineProperty(watched, 'name', { value: step.name })
  }

  return {
    get found() {
      return found
    },
    watch,
  }
}

interface Named {
  readonly name: string
}

export function nameOf(step: Named | undefined): string {
  return step?.name || 'a middleware'
}

function warn(message: string): void {
  process.emitWarning(message, { code: 'DINGWARE_NEXT' })
}
