import type { Clock } from '../clock/clock.ts'
import { type ApiAnswer, fail, ok } from '../http/answers.ts'
import type { Route } from '../http/route.ts'
import type { App } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { deliver } from './deliver.ts'
import { type CardRequest, parseCardRequest } from './request.ts'
import type { CardStore } from './store.ts'

export interface CardDeps {
  readonly world: World
  readonly clock: Clock
  readonly cards: CardStore
}

export function cardRoutes(deps: CardDeps): Route[] {
  return [
    {
      method: 'POST',
      path: '/v1.0/card/instances/createAndDeliver',
      auth: 'token',
      handle({ text }, app) {
        const request = parseCardRequest(text)
        return 'refusal' in request ? request.refusal : createAndDeliver(deps, app, request)
      },
    },
  ]
}

function createAndDeliver({ world, clock, cards }: CardDeps, app: App, request: CardRequest): ApiAnswer {
  const { outTrackId, templateId, callbackType, userIdType, variables, privateVariables } = request
  // Chosen by the caller, and used up for ever by the first card that has it.
  if (cards.all.has(outTrackId)) return fail(400, 'param.cardAlreadyExist', `outTrackId ${outTrackId} is in use`)
  const { results, spaces } = deliver(world, app, request)
  cards.keep({
    outTrackId,
    templateId,
    clientId: app.clientId,
    callbackType,
    userIdType,
    variables,
    privateVariables,
    spaces,
    createdAt: clock.now(),
  })
  // Delivered or not, the answer is 200: each result says for itself.
  return ok({ success: true, result: { outTrackId, deliverResults: results } })
}
