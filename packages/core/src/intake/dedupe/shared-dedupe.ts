import { type Logger, thrownText } from '@dingware/transport'
import { within } from '../../utils/within.ts'
import type { Admission, Admitted, Outcome } from '../admission/admission.ts'
import { type ClaimState, type ClaimsOptions, createClaims } from './claims.ts'
import { dedupeKeyOf } from './dedupe.ts'

export interface SharedDedupeOptions extends ClaimsOptions {
  readonly logger: Logger
}

/** Maximum wait for the store before an update is run anyway, in milliseconds. */
const STORE_TIMEOUT = 500
/** Milliseconds during which a store that failed is not used. */
const RECOVERY = 2_000

/**
 * Recognises messages and events that another instance has got. An instance claims each update that it runs, and the
 * claim is valid while the instance is alive. Without the store, each instance remembers its own updates only.
 */
export function createSharedDedupe(options: SharedDedupeOptions): Admission {
  const { logger } = options
  const claims = createClaims(options)
  let awayUntil = 0
  let isAway = false
  let last: Promise<unknown> = Promise.resolve()

  const leave = (reason: string): void => {
    if (!isAway) logger.warn(`${AWAY} ${reason}`)
    isAway = true
    awayUntil = performance.now() + RECOVERY
  }

  const settle = async (key: string, outcome: Outcome): Promise<void> => {
    try {
      await claims.settle(key, outcome)
    } catch (error) {
      leave(thrownText(error))
      // Otherwise the claim would block redeliveries for as long as this instance lives.
      setTimeout(() => void settle(key, outcome), RECOVERY).unref()
    }
  }

  const tryClaim = async (key: string): Promise<Admitted> => {
    let state: ClaimState = 'claimed'
    const claiming = claims.claim(key).then(result => {
      state = result
      if (isAway) logger.info('The instances share again what they have handled.')
      isAway = false
    })
    try {
      if (!(await within(STORE_TIMEOUT, claiming))) leave(`It has not answered for ${STORE_TIMEOUT} ms.`)
    } catch (error) {
      leave(thrownText(error))
    }
    if (state !== 'claimed') return { state }
    return {
      state,
      settle(outcome) {
        // If the store answered too late that another instance runs it, the claim is not ours to release.
        if (state === 'claimed' || outcome === 'handled') void settle(key, outcome)
      },
    }
  }

  return {
    admit(update) {
      const { kind } = update
      const id = kind === 'chatbot' || kind === 'delegate' || kind === 'event' ? dedupeKeyOf(update) : undefined
      if (id === undefined || performance.now() < awayUntil) return undefined
      const claimed = tryClaim(`dedupe:${id}`)
      // In order of arrival, as without the store.
      const mine = last.then(() => claimed)
      last = mine
      return mine
    },
  }
}

const AWAY =
  'The store is away, so what another instance has handled is not recognised when it comes again. It goes on by itself.'
