/** A signal that aborts after a time, or with another. Its timer goes with it. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
}

export function createDeadline(ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController()
  const abort = (): void => controller.abort(parent?.reason)
  const timer = setTimeout(() => controller.abort(new Error(`not done within ${ms} ms`)), ms)
  if (parent?.aborted) abort()
  else parent?.addEventListener('abort', abort, { once: true })
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      clearTimeout(timer)
      parent?.removeEventListener('abort', abort)
    },
  }
}
