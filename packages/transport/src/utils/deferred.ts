/** Promise and the two functions that settle it. The first call of either counts, later ones do nothing. */
export interface Deferred<T> {
  readonly promise: Promise<T>
  /** Fulfils the promise. */
  readonly resolve: (value: T) => void
  /** Rejects the promise; somebody has to handle that. */
  readonly reject: (reason: unknown) => void
}

/**
 * Creates a promise that is settled from outside, as `Promise.withResolvers` does, which Node has from 22 on.
 *
 * @example
 * const opened = createDeferred()
 * socket.once('open', opened.resolve)
 * await opened.promise
 */
export function createDeferred<T = void>(): Deferred<T> {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
