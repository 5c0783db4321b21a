/** How long running handlers are waited for: until `end`, and then all that watch are told. */
export interface Patience {
  /** Why it ended, once it has. */
  readonly ended: { readonly reason: unknown } | undefined
  /** Calls back at the end. @returns a function that stops watching. */
  readonly watch: (onEnd: (reason: unknown) => void) => () => void
  readonly end: (reason: unknown) => void
}

/** Creates one that can be watched by many updates for a bot's whole life and keeps a trace of none. */
export function createPatience(): Patience {
  const watchers = new Set<(reason: unknown) => void>()
  let ended: { readonly reason: unknown } | undefined
  return {
    get ended() {
      return ended
    },
    watch(onEnd) {
      watchers.add(onEnd)
      return () => watchers.delete(onEnd)
    },
    end(reason) {
      ended = { reason }
      for (const onEnd of watchers) onEnd(reason)
      watchers.clear()
    },
  }
}
