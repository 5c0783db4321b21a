import { requireText } from '@dingware/core/plugin'
import { keepSent, keepShown } from '../action/keep.ts'
import type { Sender } from '../deliver/body.ts'
import { type Card, createCard, updateBody } from '../deliver/card.ts'
import { reasonOf } from '../deliver/failure.ts'
import { PRIORITY } from '../deliver/priority.ts'
import type { CardTarget } from '../deliver/target.ts'
import { newTrackId } from '../deliver/track-id.ts'
import { deliverCard } from '../engine/deliver-card.ts'
import type { Engine } from '../engine/engine.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import { type CardData, toVariables } from '../template/variables.ts'
import { wireIn } from '../template/wire.ts'
import type { CardStates } from './states.ts'

/** A card to be sent: what it shows, and how that becomes variables of its template. */
export interface CardPlan<D extends object> {
  readonly templateId: string
  readonly data: D
  readonly variables: (data: Partial<D>) => CardData
  /** Of a card that is created in one state and gets its content with another (Python SDK, agentscope#2285). */
  readonly states?: CardStates | undefined
  /** The variables that one person alone can be shown. */
  readonly private?: readonly string[] | undefined
  readonly options: DeliverOptions
  /** The parts of its data that must not be blank. */
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
  sentAs: string = newTrackId(),
): Promise<Card<D>> {
  requireTexts(plan)
  const { templateId, data, variables, states, options } = plan
  const { call, timeout } = engine
  const { data: wired, kept } = wireIn(data)
  const shown = toVariables(variables(wired))
  const card = { outTrackId: sentAs, templateId, variables: shown, target, options, sender }
  const more = { priority: PRIORITY.create, timeout, signal: options.signal }
  await keepSent(engine, sentAs, card, kept)
  const first = states ? { ...card, variables: toVariables(states.processing) } : card
  const { outTrackId, places } = await deliverCard(engine, first, more)
  if (states) await fill(engine, outTrackId, shown, states)
  return createCard({
    call,
    outTrackId,
    robotCode: target.robotCode,
    places,
    variables,
    keep: (buttons, shown) => keepShown(engine, outTrackId, buttons, shown),
  })
}

/** Gives a card its content. One that cannot get it fails, instead of loading for ever. */
async function fill(engine: Engine, outTrackId: string, shown: CardData, { failed }: CardStates): Promise<void> {
  const { call, timeout, log } = engine
  const put = (data: CardData): Promise<unknown> => {
    const body = updateBody(outTrackId, data)
    return call({ method: 'PUT', path: '/v1.0/card/instances', body, priority: PRIORITY.end, timeout })
  }
  try {
    await put(shown)
  } catch (error) {
    await put(failed).catch(second =>
      log.warn(`A card stays in the state of loading: ${reasonOf(second)}`, { outTrackId }),
    )
    throw error
  }
}
