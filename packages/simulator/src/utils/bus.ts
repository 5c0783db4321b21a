/** A stream of events inside one simulator. A listener that throws does not keep the others from hearing. */
export interface Bus<E> {
  emit(event: E): void
  /** Calls `listener` with every event from now on; the function that comes back ends that. */
  on(listener: (event: E) => void): () => void
}

export function createBus<E>(): Bus<E> {
  const listeners = new Set<(event: E) => void>()
  return {
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (error) {
          // The event has happened: its cause must not fail because an onlooker did.
          queueMicrotask(() => {
            throw error
          })
        }
      }
    },
    on(listener) {
      const own = (event: E) => listener(event)
      listeners.add(own)
      return () => void listeners.delete(own)
    },
  }
}
