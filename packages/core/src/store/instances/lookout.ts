import * as v from 'valibot'
import type { Store } from '../store.ts'
import { type Beat, BeatSchema } from './beat.ts'

/** Finds out whether another instance is alive. */
export interface Lookout {
  /** @param prefix what the keys of all instances begin with. @param own the key of this one. */
  readonly look: (prefix: string, own: string) => Promise<void>
  /** Begins anew. */
  readonly forget: () => void
}

/** @param tell told once, when another has been seen alive. */
export function createLookout(store: Store, tell: (other: Beat) => void): Lookout {
  /** Versions of the other instances' heartbeats at the last look: one whose version changes is alive. */
  let seen: ReadonlyMap<string, string> | undefined
  let hasTold = false
  return {
    async look(prefix, own) {
      if (hasTold) return
      const found = new Map<string, string>()
      for await (const { key, value, version } of store.list(prefix)) {
        const other = v.safeParse(BeatSchema, value)
        if (!other.success || key === own) continue
        found.set(key, version)
        const before = seen?.get(key)
        if (!seen || before === version || hasTold) continue
        hasTold = true
        tell(other.output)
      }
      seen = found
    },
    forget() {
      seen = undefined
    },
  }
}
