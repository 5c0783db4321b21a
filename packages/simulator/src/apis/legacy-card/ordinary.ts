import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import { parseJson } from '../../utils/json.ts'
import type { World } from '../../world/world.ts'
import { INVALID, robotCodeSchema, SEND_SCOPE, wrongRobot } from '../robot/deps.ts'
import { chatOf, chatsWith } from './chats.ts'
import type { LegacyCards } from './store.ts'

const cardData = v.pipe(
  required('miss.param.cardData'),
  v.check(it => parseJson(it) !== undefined, INVALID),
)
const receiver = v.looseObject({ userId: v.string() })
/** People in a text of JSON. */
const people = (max: number) => {
  const list = v.pipe(v.array(receiver), v.maxLength(max))
  return v.optional(
    v.pipe(
      v.string(),
      v.check(text => v.is(list, parseJson(text)), INVALID),
    ),
    '[]',
  )
}
const sendOptions = v.optional(
  v.looseObject({
    atAll: v.optional(v.boolean()),
    atUserListJson: people(30),
    receiverListJson: people(Number.POSITIVE_INFINITY),
  }),
  {},
)
const sendSchema = v.looseObject({
  cardTemplateId: v.literal('StandardCard'),
  cardBizId: v.pipe(required('miss.param.cardBizId'), v.maxLength(100)),
  robotCode: robotCodeSchema,
  openConversationId: text,
  singleChatReceiver: text,
  cardData,
  sendOptions,
})

/** "Ordinary" cards, whose data says what stands where: sent by a bot, changed by their `cardBizId`. */
export function ordinaryCardRoutes(world: World, cards: LegacyCards): Route[] {
  return [
    jsonRoute({
      method: 'POST',
      path: '/v1.0/im/v1.0/robot/interactiveCards/send',
      scope: SEND_SCOPE,
      schema: sendSchema,
      invalid: INVALID,
      handle(body, app) {
        const wrong = wrongRobot(world, app, body.robotCode)
        if (wrong) return wrong
        const { openConversationId, cardBizId } = body
        const chats = openConversationId
          ? chatOf(world, app, openConversationId)
          : chatsWith(world, app, receiversIn(`[${body.singleChatReceiver}]`))
        if ('refusal' in chats) return chats.refusal
        const places = [chats].flat()
        const recipients = openConversationId ? receiversIn(body.sendOptions.receiverListJson) : []
        const only = recipients.length > 0 && { recipients }
        const showing = { places, shown: parseJson(body.cardData), body, ...only }
        return ok({ processQueryKey: cards.show(app, cardBizId, showing) })
      },
    }),
    jsonRoute({
      method: 'PUT',
      path: '/v1.0/im/robots/interactiveCards',
      scope: SEND_SCOPE,
      schema: v.looseObject({ cardBizId: required('miss.param.cardBizId'), cardData }),
      invalid: INVALID,
      handle({ cardBizId, cardData }) {
        const card = cards.find(cardBizId)
        if (!card) return fail(400, 'param.cardNotExist', `there is no card ${cardBizId}`)
        cards.revise(cardBizId, card, parseJson(cardData))
        return ok({ processQueryKey: cardBizId })
      },
    }),
  ]
}

function receiversIn(list: string): string[] {
  const parsed = v.safeParse(v.array(receiver), parseJson(list))
  return parsed.success ? parsed.output.map(({ userId }) => userId) : []
}
