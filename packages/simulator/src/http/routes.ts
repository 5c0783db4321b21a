import { type CardDeps, cardRoutes } from '../card/routes.ts'
import { type OpenDeps, openRoute } from '../gateway/open.ts'
import { type OAuthDeps, oauthRoutes } from '../oauth/routes.ts'
import { type WebhookDeps, webhookRoutes } from '../webhook/routes.ts'
import type { Route } from './route.ts'

export type RoutesDeps = OpenDeps & OAuthDeps & WebhookDeps & CardDeps

/** Every API of the platform that is simulated. */
export function routes(deps: RoutesDeps): readonly Route[] {
  return [openRoute(deps), ...oauthRoutes(deps), ...webhookRoutes(deps), ...cardRoutes(deps)]
}
