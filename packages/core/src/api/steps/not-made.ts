/** Errors of calls that failed on the way to being made. */
const errors = new WeakSet<object>()

/** Notes that a call failed before it was made, as for want of a token: whatever the error is, nothing of it was done. */
export function notMade(error: unknown): unknown {
  if (typeof error === 'object' && error !== null) errors.add(error)
  return error
}

export function wasNotMade(error: unknown): boolean {
  return typeof error === 'object' && error !== null && errors.has(error)
}
