import { fail, ok } from '../http/answers.ts'
import type { Route } from '../http/route.ts'
import { SEND_SCOPE } from '../robot/deps.ts'
import type { World } from '../world/world.ts'

/** `POST /v1.0/robot/groups/robots/query?openConversationId=`: the bots in a group. */
export function groupRobotsRoute({ world }: { readonly world: World }): Route {
  return {
    method: 'POST',
    path: '/v1.0/robot/groups/robots/query',
    auth: 'token',
    scope: SEND_SCOPE,
    handle({ query }) {
      const openConversationId = query.get('openConversationId')
      if (!openConversationId) return fail(400, 'miss.openConversationId', 'openConversationId is missing')
      const group = world.conversations.get(openConversationId)
      if (group?.type !== 'group') return fail(400, 'invalid.openConversationId', 'openConversationId is unknown')
      const bots = [...world.apps.values()].filter(({ robotCode }) => group.robotCodes.includes(robotCode))
      return ok({
        chatbotInstanceVOList: bots.map(({ robotCode, name }) => ({
          robotCode,
          name,
          downloadIconURL: '',
          openRobotType: 1,
        })),
      })
    },
  }
}
