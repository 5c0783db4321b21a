import { type Logger, thrownText } from '@dingware/transport'
import type { Store } from './store.ts'

/** What the processes of a bot have in common: the store that it was given. */
export interface Shared {
  readonly store: Store
  /**
   * Does something with the store, and `otherwise` where the store fails: for what is better done by the memory of this
   * process than not at all. Warns once, and says when the store is back.
   */
  readonly attempt: <T>(work: (store: Store) => Promise<T>, otherwise: () => T | Promise<T>) => Promise<T>
}

/** How long a store that failed is left alone, in milliseconds: each call would wait for it. */
const PAUSE = 1_000

export function createShared(store: Store, logger: Logger): Shared {
  let awaySince: number | undefined
  let quietUntil = 0

  const fail = (error: unknown): void => {
    quietUntil = performance.now() + PAUSE
    if (awaySince !== undefined) return
    awaySince = performance.now()
    logger.warn(
      `The store failed: ${thrownText(error)} Until it works again, token and limits are those of this process alone; sessions and locks fail.`,
    )
  }
  const succeed = (): void => {
    if (awaySince === undefined) return
    logger.info('The store works again.', { afterMs: Math.round(performance.now() - awaySince) })
    awaySince = undefined
  }

  return {
    store,
    async attempt(work, otherwise) {
      if (performance.now() < quietUntil) return otherwise()
      try {
        const result = await work(store)
        succeed()
        return result
      } catch (error) {
        fail(error)
        return otherwise()
      }
    },
  }
}
