import type { Logger } from '@dingware/transport'
import { thrownText } from '../utils/thrown-text.ts'
import type { Store } from './store.ts'

/** Store of a bot, with a fallback for what can go on without it. */
export interface Shared {
  readonly store: Store
  /**
   * Runs `work` on the store, or `otherwise` if the store fails: for features that may go on with the memory of this
   * process. Logs one warning at the first failure, and an info line when the store works again.
   */
  readonly attempt: <T>(work: (store: Store) => Promise<T>, otherwise: () => T | Promise<T>) => Promise<T>
}

/** Milliseconds during which a store that failed is not called again, since each call would wait for it. */
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
