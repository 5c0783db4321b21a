/** The notice that running handlers are not waited for any longer: given once, to all that watch for it. */
export interface StopNotice {
  /** Why, once it has been given. */
  readonly given: { readonly reason: unknown } | undefined
  /** Calls back when it is given. @returns a function that stops watching. */
  readonly watch: (onGiven: (reason: unknown) => void) => () => void
  readonly give: (reason: unknown) => void
}

/** Creates one that can be watched by many updates for a bot's whole life and keeps a trace of none. */
export function createStopNotice(): StopNotice {
  const watchers = new Set<(reason: unknown) => void>()
  let given: { readonly reason: unknown } | undefined
  return {
    get given() {
      return given
    },
    watch(onGiven) {
      watchers.add(onGiven)
      return () => watchers.delete(onGiven)
    },
    give(reason) {
      given = { reason }
      for (const onGiven of watchers) onGiven(reason)
      watchers.clear()
    },
  }
}
