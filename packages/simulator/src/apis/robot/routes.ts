import type { Route } from '../../http/route.ts'
import type { RobotDeps } from './deps.ts'
import { readStatusRoutes } from './read-status.ts'
import { recallRoutes } from './recall.ts'
import { sendRoutes } from './send.ts'

/** The APIs of messages that a bot sends of its own accord: send, recall, read status. */
export function robotRoutes(deps: RobotDeps): Route[] {
  return [...sendRoutes(deps), ...recallRoutes(deps), ...readStatusRoutes(deps)]
}
