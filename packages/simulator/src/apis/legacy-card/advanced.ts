import * as v from 'valibot'
import { fail, ok } from '../../http/answers.ts'
import { jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { World } from '../../world/world.ts'
import { INVALID, SEND_SCOPE } from '../robot/deps.ts'
import { chatOf, chatsWith } from './chats.ts'
import type { LegacyCards } from './store.ts'

const variables = v.optional(v.record(v.string(), v.string()), {})
const cardData = v.looseObject({ cardParamMap: variables })
const instance = {
  cardTemplateId: required('param.cardTemplateIdEmpty'),
  outTrackId: required('param.outTrackIdEmpty'),
  cardData,
}
const sendSchema = v.looseObject({
  ...instance,
  conversationType: v.picklist([0, 1]),
  openConversationId: text,
  receiverUserIdList: v.optional(v.pipe(v.array(v.string()), v.maxLength(20)), []),
})
const updateSchema = v.looseObject({
  outTrackId: required('param.outTrackIdEmpty'),
  cardData: v.optional(cardData),
  privateData: v.optional(v.record(v.string(), v.looseObject({ cardParamMap: variables })), {}),
  cardOptions: v.optional(v.looseObject({ updateCardDataByKey: v.optional(v.boolean(), false) })),
})

/** "Advanced" cards, of a template and its variables, known by their `outTrackId`. Answers by the models of @alicloud/dingtalk. */
export function advancedCardRoutes(world: World, cards: LegacyCards): Route[] {
  const place = { scope: SEND_SCOPE, invalid: INVALID } as const
  return [
    jsonRoute({
      ...place,
      method: 'POST',
      path: '/v1.0/im/interactiveCards/send',
      schema: sendSchema,
      handle(body, app) {
        const chats =
          body.conversationType === 1
            ? chatOf(world, app, body.openConversationId)
            : chatsWith(world, app, body.receiverUserIdList)
        if ('refusal' in chats) return chats.refusal
        const showing = { places: [chats].flat(), shown: body.cardData.cardParamMap, body }
        return ok({ success: true, result: { processQueryKey: cards.show(app, body.outTrackId, showing) } })
      },
    }),
    // Made, and shown nowhere yet: for the top of a chat, or a cool app.
    jsonRoute({
      ...place,
      method: 'POST',
      path: '/v1.0/im/interactiveCards/instances',
      schema: v.looseObject(instance),
      handle(body, app) {
        const showing = { places: [], shown: body.cardData.cardParamMap, body }
        return ok({ processQueryKey: cards.show(app, body.outTrackId, showing) })
      },
    }),
    jsonRoute({
      ...place,
      method: 'PUT',
      path: '/v1.0/im/interactiveCards',
      schema: updateSchema,
      handle({ outTrackId, cardData, cardOptions }) {
        const card = cards.find(outTrackId)
        if (!card) return fail(400, 'param.cardNotExist', `there is no card ${outTrackId}`)
        // What only some see is taken, and not shown.
        if (cardData) {
          const before = cardOptions?.updateCardDataByKey ? Object(card.shown) : {}
          cards.revise(outTrackId, card, { ...before, ...cardData.cardParamMap })
        }
        // Sic: a text in the model.
        return ok({ success: 'true' })
      },
    }),
  ]
}
