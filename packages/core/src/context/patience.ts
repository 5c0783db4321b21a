/** Time for which running handlers are waited for, as one event that many updates can listen to. */
export interface Patience {
  /** Reason of the end, once it has come. */
  readonly ended: { readonly reason: unknown } | undefined
  /** Registers a callback for the end. @returns a function that removes it. */
  readonly watch: (onEnd: (reason: unknown) => void) => () => void
  readonly end: (reason: unknown) => void
}

/** Creates one that lasts as long as the bot; each update listens to it and leaves nothing behind. */
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
