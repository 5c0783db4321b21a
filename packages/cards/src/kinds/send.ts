import { randomUUID } from 'node:crypto'
import { keepSent, keepShown } from '../action/keep.ts'
import { wireIn } from '../action/wire.ts'
import { PRIORITY } from '../ai-card/calls.ts'
import { type Card, createCard } from '../card/card.ts'
import type { Sender } from '../deliver/body.ts'
import { createAndDeliver } from '../deliver/deliver.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { CardTarget } from '../deliver/target.ts'
import type { Engine } from '../engine/engine.ts'
import { type CardData, toVariables } from '../variables/variables.ts'

/** A card to be sent: what it shows, and how that becomes variables of its template. */
export interface CardPlan<D extends object> {
  readonly templateId: string
  readonly data: D
  readonly variables: (data: Partial<D>) => CardData
  readonly options: DeliverOptions
}

/**
 * Creates a card and delivers it.
 *
 * @throws ApiError when the platform refuses; DingTalkError (`ERR_CARD_NOT_DELIVERED`) when it accepts and does not deliver.
 */
export async function sendCard<D extends object>(
  engine: Engine,
  target: CardTarget,
  { templateId, data, variables, options }: CardPlan<D>,
  sender?: Sender,
  outTrackId: string = newTrackId(),
): Promise<Card<D>> {
  const { call, timeout } = engine
  const { data: wired, kept } = wireIn(data)
  const card = { outTrackId, templateId, variables: toVariables(variables(wired)), target, options, sender }
  const more = { priority: PRIORITY.create, timeout, signal: options.signal }
  await keepSent(engine, outTrackId, card, kept)
  const places = await createAndDeliver(call, card, more)
  return createCard({
    call,
    outTrackId,
    robotCode: target.robotCode,
    places,
    variables,
    userIds: options.userIds,
    keep: (buttons, shown) => keepShown(engine, outTrackId, buttons, shown),
  })
}

/** Unique for ever: a used one brings back the old card instead of an error. */
export function newTrackId(): string {
  return `dingware_${randomUUID()}`
}
