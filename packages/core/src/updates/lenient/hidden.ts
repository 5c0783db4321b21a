/**
 * Adds non-enumerable properties, which can be read by name but do not appear in `inspect`, spreads and
 * `JSON.stringify`: for secrets, and for payloads that hold secrets.
 */
export function withHidden<T extends object, H extends object>(target: T, hidden: H): T & H {
  const result = Object.assign(target, hidden)
  for (const key of Object.keys(hidden)) Object.defineProperty(result, key, { enumerable: false })
  return result
}
