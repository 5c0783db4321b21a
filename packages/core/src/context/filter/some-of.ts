/** Wraps one item as a list; a list is returned as it is. @throws Error for an empty list. */
export function someOf<T>(items: T | readonly T[]): readonly T[] {
  const list = isList(items) ? items : [items]
  if (list.length > 0) return list
  throw new Error('A handler for an empty list would never run. Name at least one thing that it is for.')
}

export function isList<T>(value: T | readonly T[]): value is readonly T[] {
  return Array.isArray(value)
}
