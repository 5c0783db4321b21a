import { type ApiAnswer, ok } from '../../http/answers.ts'
import type { Route } from '../../http/route.ts'
import type { App } from '../../world/types.ts'
import { type DeliverResult, deliver } from './deliver.ts'
import { CARD_SCOPE, type CardDeps } from './deps.ts'
import { goodModels } from './models.ts'
import { type CardBody, checkCreation, parseCardBody, type Refused, refuse, spacesOf } from './request.ts'
import type { SpaceAddress } from './spaces.ts'
import { flowStatus } from './store.ts'
import type { Card, CardState } from './types.ts'

/** Create, deliver, and both at once. */
export function instanceRoutes(deps: CardDeps): Route[] {
  const place = { method: 'POST', auth: 'token', scope: CARD_SCOPE } as const
  const handle = (work: (body: CardBody, app: App) => ApiAnswer | Refused) => (request: { text: string }, app: App) => {
    const body = parseCardBody(request.text)
    const answer = 'refusal' in body ? body : work(body, app)
    return 'refusal' in answer ? answer.refusal : answer
  }
  return [
    { ...place, path: '/v1.0/card/instances', handle: handle((body, app) => create(deps, app, body)) },
    { ...place, path: '/v1.0/card/instances/deliver', handle: handle((body, app) => deliverMore(deps, app, body)) },
    {
      ...place,
      path: '/v1.0/card/instances/createAndDeliver',
      handle: handle((body, app) => createAndDeliver(deps, app, body)),
    },
  ]
}

function create(deps: CardDeps, app: App, body: CardBody): ApiAnswer | Refused {
  const card = newCard(deps, app, body)
  if ('refusal' in card) return card
  deps.cards.keep(card)
  return ok({ success: true, result: card.outTrackId })
}

function deliverMore(deps: CardDeps, app: App, body: CardBody): ApiAnswer | Refused {
  if (!body.outTrackId) return refuse('param.outTrackIdEmpty', 'outTrackId is empty')
  const card = deps.cards.find(body.outTrackId, app.clientId)
  if (!card) return refuse('param.cardNotExist', `there is no card ${body.outTrackId}`)
  const spaces = spacesOf(body)
  if ('refusal' in spaces) return spaces
  return ok({ success: true, result: place(deps, app, card, body, spaces) })
}

/** Both at once: not delivered everywhere is no refusal, it stands in `deliverResults`. */
export function createAndDeliver(deps: CardDeps, app: App, body: CardBody): ApiAnswer | Refused {
  const wrong = checkCreation(body)
  if (wrong) return wrong
  const spaces = hasData(body) ? spacesOf(body) : undefined
  if (!body.openSpaceId) return refuse('param.openSpaceIdEmpty', 'openSpaceId is empty')
  if (spaces && 'refusal' in spaces) return spaces
  const card = newCard(deps, app, body)
  if ('refusal' in card) return card
  const { outTrackId } = card
  const deliverResults = place(deps, app, deps.cards.keep(card), body, spaces ?? [])
  // Delivered or not, the answer is 200: each result says for itself.
  return ok({ success: true, result: { outTrackId, deliverResults } })
}

function place(
  deps: CardDeps,
  app: App,
  card: Card,
  body: CardBody,
  addresses: readonly SpaceAddress[],
): readonly DeliverResult[] {
  const { results, spaces } = deliver(deps, app, card, { body, spaces: addresses })
  deps.cards.set(card.outTrackId, { spaces: [...card.spaces, ...spaces] })
  return results
}

function newCard({ cards, clock, templates, switches }: CardDeps, app: App, body: CardBody): CardState | Refused {
  const { outTrackId, templateId, variables = {} } = body
  const wrong = checkCreation(body)
  if (wrong) return wrong
  if (!hasData(body)) return refuse('param.cardPublicDataEmpty', 'cardData is empty')
  const template = templates?.[templateId]
  if (templates && !template) return refuse('param.templateNotExist', `there is no template ${templateId}`)
  if (template?.published === false) return refuse('param.templateUnpublished', 'param.templateUnpublished')
  // Chosen by the caller, and used up for ever by the first card that has it.
  if (cards.all.has(outTrackId)) return refuse('param.cardAlreadyExist', `outTrackId ${outTrackId} is in use`)
  // soimy/openclaw-channel-dingtalk#33 and #179; a card of private data alone is created in public code.
  const isEmpty = body.variables !== undefined && Object.keys({ ...variables, ...body.privateVariables }).length === 0
  if (isEmpty && !switches.emptyCardData) return refuse('param.empty', 'param.empty')
  return {
    outTrackId,
    templateId,
    clientId: app.clientId,
    callbackType: body.callbackType,
    userIdType: body.userIdType,
    variables,
    answered: {},
    privateVariables: body.privateVariables,
    spaces: [],
    spaceModels: goodModels(body.spaceModels),
    // An AI card waits for its first words.
    status: flowStatus(variables) ?? (template?.streams ? 'processing' : undefined),
    isBlank: false,
    streamedKey: undefined,
    dynamicData: body.dynamicData,
    createdAt: clock.now(),
  }
}

/** A card that asks for its data needs none to begin with (dingtalk-card-examples, a card on top of a chat). */
function hasData({ variables, dynamicData }: CardBody): boolean {
  return variables !== undefined || dynamicData !== undefined
}
