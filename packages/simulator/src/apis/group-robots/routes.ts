import { fail, ok } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import { parseJson } from '../../utils/json.ts'
import type { World } from '../../world/world.ts'
import { SEND_SCOPE } from '../robot/deps.ts'

/**
 * `POST /v1.0/robot/groups/robots/query`: the bots in a group, which stands in the query by the page, and in the body by
 * the clients that DingTalk generates.
 */
export function groupRobotsRoute({ world }: { readonly world: World }): Route {
  return {
    method: 'POST',
    path: '/v1.0/robot/groups/robots/query',
    auth: 'token',
    scope: SEND_SCOPE,
    handle({ query, text }) {
      const openConversationId = query.get('openConversationId') || Object(parseJson(text)).openConversationId
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
