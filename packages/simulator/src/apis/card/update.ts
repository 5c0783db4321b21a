import * as v from 'valibot'
import { type ApiAnswer, fail, ok } from '../../http/answers.ts'
import { jsonRoute, required, text } from '../../http/json-route.ts'
import type { Route } from '../../http/route.ts'
import type { App } from '../../world/types.ts'
import { CARD_SCOPE, type CardDeps } from './deps.ts'
import { isBlankedBy } from './drawing.ts'
import { goodModels } from './models.ts'
import { type CardBody, parseCardBody } from './request.ts'
import type { Card, Variables } from './types.ts'

/** Changing a card, giving it more models of spaces, taking it off the top of a chat, and where clicks go over HTTP. */
export function updateRoutes(deps: CardDeps): Route[] {
  const put = { method: 'PUT', auth: 'token', scope: CARD_SCOPE } as const
  const ofCard = (work: (card: Card, body: CardBody) => ApiAnswer) => (request: { text: string }, app: App) => {
    const body = parseCardBody(request.text)
    if ('refusal' in body) return body.refusal
    if (!body.outTrackId) return fail(400, 'param.outTrackIdEmpty', 'outTrackId is empty')
    const card = deps.cards.find(body.outTrackId, app.clientId)
    return card ? work(card, body) : fail(400, 'param.cardNotExist', `there is no card ${body.outTrackId}`)
  }
  return [
    { ...put, path: '/v1.0/card/instances', handle: ofCard((card, body) => update(deps, card, body)) },
    { ...put, path: '/v1.0/card/instances/spaces', handle: ofCard((card, body) => appendSpaces(deps, card, body)) },
    closeTop(deps),
    registerCallback(),
  ]
}

function update({ cards, switches, inCallback, violation }: CardDeps, card: Card, body: CardBody): ApiAnswer {
  const isEmpty = (map: object | undefined) => Object.keys(map ?? {}).length === 0
  if (isEmpty(body.variables) && isEmpty(body.privateVariables)) {
    return fail(400, 'param.cardDataAndPrivateDataBothEmpty', 'cardData and privateData are empty')
  }
  if (switches.watchUpdatesInCallback && inCallback.has(card.outTrackId)) {
    const reason = `card ${card.outTrackId} was updated by API while its callback waited for the answer`
    violation({ reason, raw: JSON.stringify(body.json) })
  }
  const { byKey, privateByKey, privateVariables } = body
  const variables = switches.finishedCardIsFrozen ? frozen(card, body.variables) : body.variables
  const isBlank = isBlankedBy(card.templateId, variables)
  if (isBlank) {
    const reason = `card ${card.outTrackId} was updated without flowStatus and draws nothing: its template wants the current one in every update`
    violation({ reason, raw: JSON.stringify(body.json) })
  }
  const fields = variables && { isBlank }
  cards.patch(card.outTrackId, { variables, privateVariables, byKey, privateByKey }, fields)
  return ok({ success: true, result: true })
}

/** Without the streamed variable, once the card is finished: answered 200 and not seen. */
function frozen({ status, streamedKey, variables: before }: Card, variables: Variables | undefined) {
  if (!variables || status !== 'finished' || streamedKey === undefined || !(streamedKey in variables)) return variables
  return { ...variables, [streamedKey]: before[streamedKey] ?? '' }
}

function appendSpaces({ cards }: CardDeps, card: Card, { spaceModels }: CardBody): ApiAnswer {
  const models = goodModels(spaceModels)
  if (models.length === 0 || models.length < spaceModels.length) {
    return fail(400, 'param.openSpaceModelInvalid', 'an open space model is missing or incomplete')
  }
  cards.set(card.outTrackId, { spaceModels: [...new Set([...card.spaceModels, ...models])] })
  return ok({ success: true, result: true })
}

function closeTop({ cards }: CardDeps): Route {
  return {
    method: 'POST',
    path: '/v1.0/card/tops/close',
    auth: 'token',
    scope: CARD_SCOPE,
    handle({ query }, app) {
      const outTrackId = query.get('outTrackId')
      const openConversationId = query.get('openConversationId')
      if (!outTrackId) return fail(400, 'param.outTrackIdEmpty', 'outTrackId is empty')
      if (!openConversationId) return fail(400, 'param.empty', 'openConversationId is empty')
      const card = cards.find(outTrackId, app.clientId)
      if (!card) return fail(400, 'param.cardNotExist', `there is no card ${outTrackId}`)
      const spaces = card.spaces.filter(
        ({ spaceType, spaceId }) => spaceType !== 'ONE_BOX' || spaceId !== openConversationId,
      )
      cards.set(outTrackId, { spaces })
      return ok({ success: true, result: true })
    },
  }
}

/** Accepted, and without effect: this platform pushes over the stream. */
function registerCallback(): Route {
  return jsonRoute({
    method: 'POST',
    path: '/v1.0/card/callbacks/register',
    scope: CARD_SCOPE,
    schema: v.looseObject({ callbackRouteKey: text, apiSecret: text, callbackUrl: required('param.empty') }),
    invalid: 'param.invalid',
    handle: ({ callbackUrl, apiSecret }) => ok({ success: true, result: { callbackUrl, apiSecret } }),
  })
}
