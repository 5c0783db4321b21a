/** Runs the rest of the chain. Call it at most once, and await or return what it gives. */
export type Next = () => Promise<void>

/** A step of a chain: does its work, calls `next` for what comes after it, or not. */
export type Middleware<in C> = (ctx: C, next: Next) => unknown

/** A chain as one function. */
export type Composed<in C> = (ctx: C, next?: Next) => Promise<void>

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
export function compose<C>(middleware: readonly Middleware<C>[]): Composed<C> {
  const steps = [...middleware]
  return (ctx, next) => {
    let last = -1
    const dispatch = (index: number): Promise<void> => {
      if (index <= last) return Promise.reject(new Error(doubleNext(steps[index - 1])))
      last = index
      const step = steps[index]
      try {
        if (step === undefined) return Promise.resolve(next?.())
        return Promise.resolve(step(ctx, () => dispatch(index + 1))).then(ignoreResult)
      } catch (error) {
        return Promise.reject(error)
      }
    }
    return dispatch(0)
  }
}

function ignoreResult(): void {}

function doubleNext(step: { readonly name: string } | undefined): string {
  const name = step?.name || 'a middleware'
  return `${name} called next() more than once. What follows would run twice; call it once, and await it.`
}
