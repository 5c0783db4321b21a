import { type ComposeOptions, createChain } from './chain.ts'
import type { Middleware, Next } from './middleware.ts'

export type { ComposeOptions } from './chain.ts'
export type { Middleware, Next } from './middleware.ts'

/** Middleware chain as one function. Rejects with whatever a middleware throws. */
export type Composed<in C> = (ctx: C, next?: Next) => Promise<void>

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
  const run = createChain(middleware, options)
  return async (ctx, next) => run(ctx, next)
}
