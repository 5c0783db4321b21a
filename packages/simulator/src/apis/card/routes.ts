import type { Route } from '../../http/route.ts'
import type { CardDeps } from './deps.ts'
import { instanceRoutes } from './instances.ts'
import { streamingRoute } from './streaming.ts'
import { updateRoutes } from './update.ts'

export function cardRoutes(deps: CardDeps): Route[] {
  return [...instanceRoutes(deps), ...updateRoutes(deps), streamingRoute(deps)]
}
