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
