import { isThenable } from './is-thenable.ts'

/**
 * Calls code of others that nobody waits for, which may be async although its type says otherwise. What it throws or
 * rejects with goes to `onError`, and harms nothing else.
 */
export function harmlessly(call: () => unknown, onError: (error: unknown) => void = () => {}): void {
  try {
    const result = call()
    if (isThenable(result)) Promise.resolve(result).catch(onError)
  } catch (error) {
    onError(error)
  }
}
