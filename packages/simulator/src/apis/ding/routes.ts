import * as v from 'valibot'
import { type ApiAnswer, fail, ok } from '../../http/answers.ts'
import { ids, jsonRoute, required } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import { setBounded } from '../../utils/bounded.ts'
import { uuid } from '../../utils/random.ts'
import type { App } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import { INVALID, type RobotDeps, robotCodeSchema, wrongRobot } from '../robot/deps.ts'

const KEPT = 10_000
/** Only professional and dedicated organisations have it. */
const DING_SCOPE = 'Premium.Ding.Write'
const MOST_BY_APP = 200
const MOST_BY_PHONE = 20

const sendSchema = v.looseObject({
  robotCode: robotCodeSchema,
  // 1 app, 2 SMS, 3 phone.
  remindType: v.picklist([1, 2, 3]),
  receiverUserIdList: ids('invalidParameter.userIds.empty', MOST_BY_APP, 'invalidParameter.userIds.overMax'),
  content: required('miss.param.content'),
  callVoice: v.optional(v.string()),
})

/** The ids of the messages of each DING, by its `openDingId`. */
type Dings = Map<string, readonly string[]>

/** DING: calls people by app, SMS or phone. Shown in the private chat with each of them. */
export function dingRoutes({ world }: Pick<RobotDeps, 'world'>): Route[] {
  const dings: Dings = new Map()
  const place = { method: 'POST', scope: DING_SCOPE, invalid: INVALID } as const
  return [
    jsonRoute({
      ...place,
      path: '/v1.0/robot/ding/send',
      schema: sendSchema,
      handle: (body, app) => wrongRobot(world, app, body.robotCode) ?? send(world, dings, app, body),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/ding/recall',
      schema: v.looseObject({ robotCode: robotCodeSchema, openDingId: required('miss.param.openDingId') }),
      handle: ({ robotCode, openDingId }, app) => wrongRobot(world, app, robotCode) ?? recall(world, dings, openDingId),
    }),
  ]
}

function send(world: World, dings: Dings, app: App, body: v.InferOutput<typeof sendSchema>): ApiAnswer {
  const { receiverUserIdList: userIds, remindType, content: text } = body
  if (remindType !== 1 && userIds.length > MOST_BY_PHONE) {
    return fail(400, 'invalidParameter.userIds.overMax', `at most ${MOST_BY_PHONE} people by SMS or phone`)
  }
  const people = userIds.flatMap(id => world.people.get(id) ?? [])
  const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
  const messages = people.map(person => {
    const { conversationId } = world.privateChat(person, app)
    const content = { kind: 'other', msgtype: 'ding', body: { remindType, content: text } } as const
    return world.post({ conversationId, from, content, via: 'api', body })
  })
  const openDingId = uuid().replaceAll('-', '')
  const messageIds = messages.map(({ id }) => id)
  setBounded(dings, openDingId, messageIds, KEPT)
  const failed = userIds.filter(id => !world.people.has(id))
  // By reason, not by user (open.dingtalk.com: robot-sends-nail-message).
  return ok({ openDingId, failedList: failed.length > 0 ? { 用户不存在: failed } : {} })
}

function recall(world: World, dings: Dings, openDingId: string): ApiAnswer {
  const messages = dings.get(openDingId)
  if (!messages) return fail(400, 'invalidParameter.param.invalid', 'openDingId is unknown')
  for (const id of messages) world.recall(id)
  dings.delete(openDingId)
  return ok({ openDingId })
}
