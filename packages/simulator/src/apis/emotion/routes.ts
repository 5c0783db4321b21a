import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { App } from '../../world/types.ts'
import type { World } from '../../world/world.ts'
import { INVALID, robotCodeSchema, SEND_SCOPE, wrongRobot } from '../robot/deps.ts'
import type { Emotions } from './store.ts'

export interface EmotionDeps {
  readonly world: World
  readonly emotions: Emotions
}

const missing = (field: string) => required(`miss.param.${field}`)

const schema = v.looseObject({
  robotCode: robotCodeSchema,
  openMsgId: missing('openMsgId'),
  openConversationId: missing('openConversationId'),
  emotionType: v.number(),
  emotionName: missing('emotionName'),
  textEmotion: v.optional(
    v.looseObject({
      emotionId: v.string(),
      emotionName: v.string(),
      text: v.string(),
      backgroundId: v.string(),
    }),
  ),
})

type Reaction = v.InferOutput<typeof schema>

/** Reactions of the bot to what people said. Not in the documents, but in the official client for robot_1_0. */
export function emotionRoutes(deps: EmotionDeps): Route[] {
  const { emotions } = deps
  const place = { method: 'POST', scope: SEND_SCOPE, schema, invalid: INVALID } as const
  return [
    jsonRoute({
      ...place,
      path: '/v1.0/robot/emotion/reply',
      handle: (body, app) => answer(deps, app, body, () => emotions.add(body.openMsgId, JSON.stringify(body))),
    }),
    jsonRoute({
      ...place,
      path: '/v1.0/robot/emotion/recall',
      // Needs the very body it was set with.
      handle: (body, app) => answer(deps, app, body, () => emotions.remove(body.openMsgId, JSON.stringify(body))),
    }),
  ]
}

function answer({ world }: EmotionDeps, app: App, body: Reaction, work: () => boolean) {
  const wrong = wrongRobot(world, app, body.robotCode)
  if (wrong) return wrong
  const message = world.messages.find(({ id }) => id === body.openMsgId)
  const isHere = message?.conversationId === body.openConversationId && message.from.kind === 'user'
  // Only what people said can be reacted to; reported of a bot's card: HTTP 500.
  if (!isHere || !work()) return fail(500, 'system.err', '系统错误')
  return ok({ success: true })
}
