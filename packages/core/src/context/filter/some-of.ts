/** One or several, as a list. @throws Error for none. */
export function someOf<T>(items: T | readonly T[]): readonly T[] {
  const list = isList(items) ? items : [items]
  if (list.length > 0) return list
  throw new Error('A handler for an empty list would never run. Name at least one thing that it is for.')
}

export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}
