import { createDeferred } from '@dingware/transport'

/** Items for each of which a promise is pending. */
export interface Pending<T> {
  /** Calls `then` with the result of `coming`, unless `clear` was called before. `coming` must not reject. */
  readonly add: <R>(item: T, coming: Promise<R>, then: (result: R) => void) => void
  /** Resolves when nothing is pending. */
  readonly idle: () => Promise<void>
  /** Stops waiting for all of them and returns the items. */
  readonly clear: () => readonly T[]
}

export function createPending<T>(): Pending<T> {
  const items = new Set<{ readonly item: T }>()
  let empty = createDeferred()

  const wake = (): void => {
    if (items.size > 0) return
    empty.resolve()
    empty = createDeferred()
  }
  return {
    add(item, coming, then) {
      const entry = { item }
      items.add(entry)
      void coming.then(result => {
        if (!items.delete(entry)) return
        then(result)
        wake()
      })
    },
    idle: () => (items.size === 0 ? Promise.resolve() : empty.promise),
    clear() {
      const all = [...items].map(({ item }) => item)
      items.clear()
      wake()
      return all
    },
  }
}
