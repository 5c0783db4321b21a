import type { Route } from '../../http/route.ts'
import type { RobotDeps } from './deps.ts'
import { readStatusRoutes } from './read-status.ts'
import { recallRoutes } from './recall.ts'
import { sendRoutes } from './send.ts'

/** What a bot says of its own accord: send, recall, who has read it. */
export function robotRoutes(deps: RobotDeps): Route[] {
  return [...sendRoutes(deps), ...recallRoutes(deps), ...readStatusRoutes(deps)]
}
