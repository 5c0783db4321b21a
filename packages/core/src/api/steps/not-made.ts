/** Errors of calls that failed before they were sent. */
const errors = new WeakSet<object>()

/** Marks the error of a call that failed before it was sent, such as for a missing token: nothing was executed. */
export function notMade(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) errors.add(error)
  return error
}

export function wasNotMade(error: unknown): boolean {
  return typeof error === 'object' && error !== null && errors.has(error)
}
