import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { Sent } from '../../world/sent.ts'
import type { App } from '../../world/types.ts'
import { INVALID, type RobotDeps, robotCodeSchema, SEND_SCOPE, wrongRobot } from './deps.ts'

const key = required('miss.param.processQueryKey')
const MOST_RESULTS = 200

/** The three read status APIs. */
export function readStatusRoutes(deps: RobotDeps): Route[] {
  return [
    jsonRoute({
      method: 'GET',
      path: '/v1.0/robot/oToMessages/readStatus',
      scope: SEND_SCOPE,
      schema: v.looseObject({ robotCode: robotCodeSchema, processQueryKey: key }),
      invalid: INVALID,
      handle: (request, app) => readStatus(deps, app, request),
    }),
    query(deps, '/v1.0/robot/groupMessages/query', 'group'),
    query(deps, '/v1.0/robot/privateChatMessages/query', 'private'),
  ]
}

function readStatus(deps: RobotDeps, app: App, request: { robotCode: string; processQueryKey: string }) {
  const { world, sent: store } = deps
  const wrong = wrongRobot(world, app, request.robotCode)
  if (wrong) return wrong
  const sent = store.find(request.processQueryKey)
  if (sent?.kind !== 'oto') return fail(400, 'processQueryKey.expireTime', 'processQueryKey is unknown or too old')
  const messageReadInfoList = sent.messages.flatMap(({ id, conversationId }) => {
    const userIds = world.conversations.get(conversationId)?.memberIds ?? []
    return userIds.map(userId => {
      const readAt = world.readers(id).get(userId)
      return {
        name: world.people.get(userId)?.nick ?? '',
        userId,
        readStatus: readAt === undefined ? 'UNREAD' : 'READ',
      }
    })
  })
  // Sic: so the page spells it. It also says that readTimestamp does not come yet.
  return ok({ messageReadInfoList, sendStatus: store.isRecalled(sent) ? 'RECALLED' : 'SUCESS' })
}

function query(deps: RobotDeps, path: string, kind: Sent['kind']): Route {
  return jsonRoute({
    method: 'POST',
    path,
    scope: SEND_SCOPE,
    schema: v.looseObject({
      openConversationId: required('miss.openConversationId'),
      robotCode: robotCodeSchema,
      processQueryKey: key,
      maxResults: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_RESULTS)), MOST_RESULTS),
      nextToken: text,
    }),
    invalid: INVALID,
    handle(request, app) {
      const { world, sent: store } = deps
      const wrong = wrongRobot(world, app, request.robotCode)
      if (wrong) return wrong
      const sent = store.find(request.processQueryKey)
      const isHere = sent?.kind === kind && sent.conversationId === request.openConversationId
      if (!sent || !isHere) return fail(400, 'processQueryKey.expireTime', 'processQueryKey is unknown or too old')
      const readers = sent.messages.flatMap(({ id }) => [...world.readers(id).keys()])
      const start = Number(request.nextToken || 0)
      const end = start + request.maxResults
      const hasMore = end < readers.length
      return ok({
        sendStatus: store.isRecalled(sent) ? 'RECALLED' : 'SUCCESS',
        readUserIds: readers.slice(start, end),
        hasMore,
        ...(hasMore && { nextToken: String(end) }),
      })
    },
  })
}
