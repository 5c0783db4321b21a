/**
 * Names the kind of a value in words, for errors about values that people give. Shows no text, which may be a secret.
 *
 * @example
 * kindOf(['a']) // 'a list'
 * kindOf('a secret') // 'a string'
 */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Promise) return 'a promise'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
