import { randomUUID } from 'node:crypto'
import { requireText } from '@dingware/core'
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
  /** What of its data is nothing without text: a blank one is not sent. */
  readonly texts?: readonly (keyof D & string)[] | undefined
}

/**
 * Refuses a card that would show nothing where a text belongs, and buttons without a label.
 *
 * @throws DingTalkError `ERR_EMPTY_MESSAGE`; TypeError for what is no text.
 */
export function requireTexts<D extends object>({ data, texts = [] }: CardPlan<D>): void {
  for (const name of texts) {
    const value: unknown = data[name]
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        requireText('The card', `the text of \`${name}[${index}]\``, Object(item).text)
      }
    } else requireText('The card', `its \`${name}\``, value)
  }
}

/**
 * Creates a card and delivers it.
 *
 * @throws ApiError when the platform refuses; DingTalkError (`ERR_CARD_NOT_DELIVERED`) when it accepts and does not deliver,
 *   `ERR_EMPTY_MESSAGE` where it has no text.
 */
export async function sendCard<D extends object>(
  engine: Engine,
  target: CardTarget,
  plan: CardPlan<D>,
  sender?: Sender,
  outTrackId: string = newTrackId(),
): Promise<Card<D>> {
  requireTexts(plan)
  const { templateId, data, variables, options } = plan
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
