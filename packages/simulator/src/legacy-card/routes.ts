import * as v from 'valibot'
import { setBounded } from '../bounded/bounded.ts'
import { fail, ok } from '../http/answers.ts'
import { jsonRoute, required, text } from '../http/body.ts'
import { parseJson } from '../http/json.ts'
import type { Route } from '../http/route.ts'
import { INVALID, robotCodeSchema, wrongRobot } from '../robot/deps.ts'
import type { SentStore } from '../robot/sent.ts'
import type { App, Conversation } from '../world/types.ts'
import type { World } from '../world/world.ts'

export interface LegacyCardDeps {
  readonly world: World
  readonly sent: SentStore
}

interface Shown {
  readonly places: readonly Conversation[]
  readonly shown: unknown
  readonly body: object
  /** Who alone sees it. */
  readonly only?: { readonly recipients?: readonly string[] }
}

const KEPT = 10_000
const SCOPE = 'qyapi_robot_sendmsg'
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

/** The cards of before: "ordinary" ones by a bot, changed by `cardBizId`; and "advanced" ones. No clicks come back. */
export function legacyCardRoutes({ world, sent }: LegacyCardDeps): Route[] {
  const cards = new Map<string, readonly string[]>()

  function send(app: App, key: string, card: Shown) {
    const processQueryKey = sent.newKey()
    const from = { kind: 'bot', id: app.robotCode, nick: app.name } as const
    const content = { kind: 'other', msgtype: 'interactiveCard', body: card.shown } as const
    const messages = card.places.map(({ conversationId }) =>
      world.post({ ...card.only, conversationId, from, content, via: 'card', processQueryKey, body: card.body }),
    )
    setBounded(
      cards,
      key,
      messages.map(({ id }) => id),
      KEPT,
    )
    return ok({ processQueryKey })
  }

  return [
    jsonRoute({
      method: 'POST',
      path: '/v1.0/im/v1.0/robot/interactiveCards/send',
      scope: SCOPE,
      schema: v.looseObject({
        cardTemplateId: v.literal('StandardCard'),
        cardBizId: v.pipe(required('miss.param.cardBizId'), v.maxLength(100)),
        robotCode: robotCodeSchema,
        openConversationId: text,
        singleChatReceiver: text,
        cardData,
        sendOptions,
      }),
      invalid: INVALID,
      handle(body, app) {
        const wrong = wrongRobot(world, app, body.robotCode)
        if (wrong) return wrong
        const place = body.openConversationId
          ? world.conversations.get(body.openConversationId)
          : privateChat(world, app, body.singleChatReceiver)
        if (!place) return fail(400, 'invalid.openConversationId', 'there is nobody to send it to')
        const recipients = receiversIn(body.sendOptions.receiverListJson)
        const only = body.openConversationId && recipients.length > 0 ? { recipients } : {}
        return send(app, body.cardBizId, { places: [place], shown: parseJson(body.cardData), body, only })
      },
    }),
    jsonRoute({
      method: 'PUT',
      path: '/v1.0/im/robots/interactiveCards',
      scope: SCOPE,
      schema: v.looseObject({ cardBizId: required('miss.param.cardBizId'), cardData }),
      invalid: INVALID,
      handle(body) {
        const messages = cards.get(body.cardBizId)
        if (!messages) return fail(400, 'param.cardNotExist', `there is no card ${body.cardBizId}`)
        const content = { kind: 'other', msgtype: 'interactiveCard', body: parseJson(body.cardData) } as const
        for (const id of messages) world.revise(id, content)
        return ok({ processQueryKey: body.cardBizId })
      },
    }),
    jsonRoute({
      method: 'POST',
      path: '/v1.0/im/interactiveCards/send',
      scope: SCOPE,
      schema: v.looseObject({
        cardTemplateId: required('param.cardTemplateIdEmpty'),
        outTrackId: required('param.outTrackIdEmpty'),
        conversationType: v.picklist([0, 1]),
        openConversationId: text,
        receiverUserIdList: v.optional(v.pipe(v.array(v.string()), v.maxLength(20)), []),
        cardData: v.looseObject({ cardParamMap: v.record(v.string(), v.string()) }),
      }),
      invalid: INVALID,
      handle(body, app) {
        const group = world.conversations.get(body.openConversationId)
        const people = body.receiverUserIdList.flatMap(id => world.people.get(id) ?? [])
        const chats = people.map(person => world.privateChat(person, app))
        const places = body.conversationType === 1 ? (group ? [group] : []) : chats
        if (places.length === 0) return fail(400, 'invalid.openConversationId', 'there is nobody to send it to')
        return send(app, body.outTrackId, { places, shown: body.cardData.cardParamMap, body })
      },
    }),
  ]
}

function receiversIn(text: string): string[] {
  return v.parse(v.array(receiver), parseJson(text)).map(({ userId }) => userId)
}

function privateChat(world: World, app: App, singleChatReceiver: string): Conversation | undefined {
  const parsed = v.safeParse(receiver, parseJson(singleChatReceiver))
  const person = parsed.success ? world.people.get(parsed.output.userId) : undefined
  return person && world.privateChat(person, app)
}
