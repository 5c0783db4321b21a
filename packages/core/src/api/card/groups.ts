/** Items by key. */
export interface Groups<T> {
  /** @returns a function that takes it out again. */
  readonly add: (key: string, item: T) => () => void
  readonly of: (key: string) => readonly T[]
}

/** Creates sets by key; an empty one takes no memory. */
export function createGroups<T>(): Groups<T> {
  const groups = new Map<string, Set<T>>()
  return {
    add(key, item) {
      groups.set(key, (groups.get(key) ?? new Set()).add(item))
      return () => {
        const group = groups.get(key)
        group?.delete(item)
        if (group?.size === 0) groups.delete(key)
      }
    },
    of: key => [...(groups.get(key) ?? [])],
  }
}
