import type { Logger } from '@dingware/transport'
import * as v from 'valibot'
import type { Instances } from '../../store/instances/instances.ts'
import type { Store } from '../../store/store.ts'
import { thrownText } from '../../utils/thrown-text.ts'
import { within } from '../../utils/within.ts'
import type { Admission, Admitted, Outcome } from '../admission/admission.ts'
import { dedupeKeyOf } from './dedupe.ts'

export interface SharedDedupeOptions {
  readonly store: Store
  readonly instances: Instances
  /** Time for which a handled update is remembered, in milliseconds. */
  readonly ttlMs: number
  readonly logger: Logger
}

/** Maximum wait for the store before an update is run anyway, in milliseconds. */
const PATIENCE = 500
/** Milliseconds during which a store that failed is not used. */
const RECOVERY = 2_000

const Claim = v.fallback(
  v.variant('state', [
    v.object({ state: v.literal('running'), owner: v.string() }),
    v.object({ state: v.literal('done') }),
  ]),
  // An unreadable claim counts as nobody's, since it would never be released.
  { state: 'running', owner: '' },
)

/**
 * Recognises messages and events that another instance has got. An instance claims each update that it runs, and the
 * claim is valid while the instance is alive. Without the store, each instance remembers its own updates only.
 */
export function createSharedDedupe(options: SharedDedupeOptions): Admission {
  const { store, instances, ttlMs, logger } = options
  let awayUntil = 0
  let isAway = false
  let last: Promise<unknown> = Promise.resolve()

  const leave = (reason: string): void => {
    if (!isAway) logger.warn(`${AWAY} ${reason}`)
    isAway = true
    awayUntil = performance.now() + RECOVERY
  }

  const claim = async (key: string): Promise<'claimed' | 'running' | 'done'> => {
    const mine = { state: 'running', owner: instances.id }
    if (await store.add(key, mine)) return 'claimed'
    const found = await store.get(key)
    if (!found) return (await store.add(key, mine)) ? 'claimed' : 'running'
    const other = v.parse(Claim, found.value)
    if (other.state === 'done') return 'done'
    if (await instances.isAlive(other.owner)) return 'running'
    // The owner crashed. Of all instances that notice it, one gets the update.
    return (await store.set(key, mine, { ifVersion: found.version })) ? 'claimed' : 'running'
  }

  const settle = async (key: string, outcome: Outcome): Promise<void> => {
    try {
      if (outcome === 'handled') await store.set(key, { state: 'done' }, { ttlMs })
      else await store.delete(key)
    } catch (error) {
      leave(thrownText(error))
      // Otherwise the claim would block redeliveries for as long as this instance lives.
      setTimeout(() => void settle(key, outcome), RECOVERY).unref()
    }
  }

  const tryClaim = async (key: string): Promise<Admitted> => {
    let state: 'claimed' | 'running' | 'done' = 'claimed'
    const claiming = claim(key).then(result => {
      state = result
      if (isAway) logger.info('The instances share again what they have handled.')
      isAway = false
    })
    try {
      if (!(await within(PATIENCE, claiming))) leave(`It has not answered for ${PATIENCE} ms.`)
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
