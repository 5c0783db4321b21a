import type { Route } from '../../http/route.ts'
import type { SentStore } from '../../world/sent.ts'
import type { World } from '../../world/world.ts'
import { advancedCardRoutes } from './advanced.ts'
import { ordinaryCardRoutes } from './ordinary.ts'
import { createLegacyCards } from './store.ts'

export interface LegacyCardDeps {
  readonly world: World
  readonly sent: SentStore
}

/** The cards of before; no clicks come back. Each kind has ids of its own. */
export function legacyCardRoutes(deps: LegacyCardDeps): Route[] {
  return [
    ...ordinaryCardRoutes(deps.world, createLegacyCards(deps)),
    ...advancedCardRoutes(deps.world, createLegacyCards(deps)),
  ]
}
