import { type OpenDeps, openRoute } from '../gateway/open.ts'
import type { Route } from '../http/route.ts'
import { aiInteractionRoutes } from './ai-interaction/routes.ts'
import { type AwayDeps, awayRoute } from './away/routes.ts'
import type { CardDeps } from './card/deps.ts'
import { cardRoutes } from './card/routes.ts'
import { contactRoutes } from './contact/routes.ts'
import { type CustomRobotDeps, customRobotRoutes } from './custom-robots/routes.ts'
import { dingRoutes } from './ding/routes.ts'
import { type EmotionDeps, emotionRoutes } from './emotion/routes.ts'
import { type FilesDeps, fileRoutes } from './files/routes.ts'
import { agentRoute } from './graph/agent.ts'
import { groupRobotsRoute } from './group-robots/routes.ts'
import { legacyCardRoutes } from './legacy-card/routes.ts'
import { microAppRoutes } from './micro-app/routes.ts'
import { type OAuthDeps, oauthRoutes } from './oauth/routes.ts'
import { pluginRoutes } from './plugins/routes.ts'
import type { RobotDeps } from './robot/deps.ts'
import { robotRoutes } from './robot/routes.ts'
import { type StorageDeps, storageRoutes } from './storage/routes.ts'
import { type WebhookDeps, webhookRoutes } from './webhook/routes.ts'

export type RoutesDeps = OpenDeps &
  OAuthDeps &
  WebhookDeps &
  CardDeps &
  RobotDeps &
  FilesDeps &
  StorageDeps &
  EmotionDeps &
  AwayDeps &
  CustomRobotDeps

/** Every API of the platform that is simulated: one folder each, and its line here. */
export function routes(deps: RoutesDeps): readonly Route[] {
  return [
    openRoute(deps),
    ...oauthRoutes(deps),
    ...webhookRoutes(deps),
    ...customRobotRoutes(deps),
    agentRoute(deps),
    ...robotRoutes(deps),
    ...emotionRoutes(deps),
    ...dingRoutes(deps),
    ...pluginRoutes(deps),
    groupRobotsRoute(deps),
    awayRoute(deps),
    ...fileRoutes(deps),
    ...storageRoutes(deps),
    ...contactRoutes(deps),
    ...microAppRoutes(deps),
    ...cardRoutes(deps),
    ...legacyCardRoutes(deps),
    ...aiInteractionRoutes(),
  ]
}
