import { oapi, ok } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { stableId } from '../../utils/random.ts'
import type { App } from '../../world/types.ts'
import type { World } from '../../world/world.ts'

/** The apps of the organisation, by both kinds of API; Koishi's adapter looks for its name in there. Fields by the models of @alicloud/dingtalk. */
export function microAppRoutes({ world }: { readonly world: World }): Route[] {
  const list = <T>(show: (app: App) => T): T[] => [...world.apps.values()].map(show)
  return [
    {
      method: 'GET',
      path: '/v1.0/microApp/allInnerApps',
      auth: 'token',
      handle: () => ok({ appList: list(app => ({ ...common(app), desc: '', icon: '', developType: 0 })) }),
    },
    {
      method: 'POST',
      path: '/microapp/list',
      auth: 'query',
      handle: () =>
        oapi(0, 'ok', { appList: list(app => ({ ...common(app), appDesc: '', appIcon: '', isSelf: true })) }),
    },
  ]
}

function common({ clientId, name }: App) {
  const { digits } = stableId('agent', clientId)
  return {
    agentId: Number(digits.slice(0, 9)),
    appId: Number(digits.slice(-6)),
    name,
    appStatus: 1,
    homepageLink: '',
    pcHomepageLink: '',
    ompLink: '',
  }
}
