import * as v from 'valibot'
import type { Instances } from '../../store/instances/instances.ts'
import type { Store } from '../../store/store.ts'
import type { Outcome } from '../admission/admission.ts'

export interface ClaimsOptions {
  readonly store: Store
  readonly instances: Instances
  /** Time for which a handled update is remembered, in milliseconds. */
  readonly ttlMs: number
}

const Claim = v.fallback(
  v.variant('state', [
    v.object({ state: v.literal('running'), owner: v.string() }),
    v.object({ state: v.literal('done') }),
  ]),
  // An unreadable claim counts as nobody's, since it would never be released.
  { state: 'running', owner: '' },
)

/** `running`: another instance has it. `done`: one has had it. */
export type ClaimState = 'claimed' | 'running' | 'done'

/** Which instance has which update, in the store that they share. Rejects where the store fails. */
export interface Claims {
  readonly claim: (key: string) => Promise<ClaimState>
  /** Remembers what was handled; lets others have what was not. */
  readonly settle: (key: string, outcome: Outcome) => Promise<void>
}

export function createClaims({ store, instances, ttlMs }: ClaimsOptions): Claims {
  return {
    async claim(key) {
      const mine = { state: 'running', owner: instances.id }
      if (await store.add(key, mine)) return 'claimed'
      const found = await store.get(key)
      if (!found) return (await store.add(key, mine)) ? 'claimed' : 'running'
      const other = v.parse(Claim, found.value)
      if (other.state === 'done') return 'done'
      if (await instances.isAlive(other.owner)) return 'running'
      // The owner crashed. Of all instances that notice it, one gets the update.
      return (await store.set(key, mine, { ifVersion: found.version })) ? 'claimed' : 'running'
    },
    async settle(key, outcome) {
      if (outcome === 'handled') await store.set(key, { state: 'done' }, { ttlMs })
      else await store.delete(key)
    },
  }
}
