/**
 * Adds properties that can be read by name, but are seen neither by `inspect`, nor by spreading, nor by `JSON.stringify`:
 * for secrets, and for payloads that hold secrets.
 */
export function withHidden<T extends object, H extends object>(target: T, hidden: H): T & H {
  const result = Object.assign(target, hidden)
  for (const key of Object.keys(hidden)) Object.defineProperty(result, key, { enumerable: false })
  return result
}
