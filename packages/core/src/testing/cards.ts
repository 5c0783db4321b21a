import { isRecord } from '../lenient/lenient.ts'
import { buttonsIn, findButton, isClosed, noSuchButton, type Pressable } from './card-buttons.ts'
import type { TestCard } from './replies.ts'

type Variables = Readonly<Record<string, string>>

/** A card as the platform would keep it. Each change makes a new one. */
export interface CardState {
  readonly outTrackId: string
  readonly templateId: string
  readonly variables: Variables
  /** What only some people see, by userId. */
  readonly own: Readonly<Record<string, Variables>>
  /** The variable that streams, once it does. */
  readonly streamedKey?: string
  /** Of the call that created it. */
  readonly body: unknown
}

/** The variables of known templates that are text, from top to bottom; `result` is that of a form. */
const SHOWN = ['msgTitle', 'title', 'markdown', 'content', 'msgContent', 'staticMsgContent', 'result']

/** A new card, from the body that creates it. */
export function createdCard(body: unknown): CardState {
  const { outTrackId, cardTemplateId, cardData, privateData } = fieldsOf(body)
  return {
    outTrackId: String(outTrackId),
    templateId: String(cardTemplateId),
    variables: paramsOf(cardData),
    own: ownOf(privateData),
    body,
  }
}

/** The card after an update, whose body is that of the API. By the platform's own default it takes the place of all. */
export function updatedCard(card: CardState, body: unknown): CardState {
  const { cardData, privateData, cardUpdateOptions } = fieldsOf(body)
  const { updateCardDataByKey, updatePrivateDataByKey } = fieldsOf(cardUpdateOptions)
  const own = Object.entries(ownOf(privateData)).map(([userId, values]) => {
    return [userId, { ...(updatePrivateDataByKey === true && card.own[userId]), ...values }] as const
  })
  return {
    ...card,
    ...(isRecord(cardData) && {
      variables: { ...(updateCardDataByKey === true && card.variables), ...paramsOf(cardData) },
    }),
    own: { ...card.own, ...Object.fromEntries(own) },
  }
}

/** The card after a click was answered. */
export function answeredCard(card: CardState, userId: string, answer: unknown): CardState {
  const { response } = fieldsOf(answer)
  const { cardData, userPrivateData, cardUpdateOptions } = fieldsOf(response)
  if (!isRecord(cardData) && !isRecord(userPrivateData)) return card
  return updatedCard(card, {
    cardData,
    cardUpdateOptions,
    privateData: userPrivateData && { [userId]: userPrivateData },
  })
}

/** The card after a frame of its stream. */
export function streamedCard(card: CardState, body: unknown): CardState {
  const { key, content, isFull } = fieldsOf(body)
  const streamedKey = String(key)
  const before = isFull === false ? (card.variables[streamedKey] ?? '') : ''
  return { ...card, streamedKey, variables: { ...card.variables, [streamedKey]: before + String(content) } }
}

/** What there is to see of it. */
export function shownCard({ outTrackId, variables, streamedKey, body }: CardState): TestCard {
  const names = streamedKey === undefined || SHOWN.includes(streamedKey) ? SHOWN : [...SHOWN, streamedKey]
  const texts = names.map(name => variables[name] ?? '').filter(text => text.trim() !== '')
  const buttons = buttonsIn(variables).map(({ params: _, ...button }) => button)
  return { msgtype: 'card', outTrackId, text: texts.join('\n\n'), buttons, variables, body }
}

/**
 * The button that somebody clicks: as the card is now, else as it was when it was looked at. What is not found is taken
 * for an id, where the template may have others.
 *
 * @throws Error for a button that the card does not have, with those that it has.
 */
export function buttonOn(
  card: CardState | undefined,
  userId: string,
  wanted: string,
  seen: readonly Pressable[] = [],
): Pick<Pressable, 'id' | 'params'> {
  const buttons = card ? buttonsIn({ ...card.variables, ...card.own[userId] }) : []
  const found = findButton(buttons, wanted) ?? findButton(seen, wanted)
  if (!found && card && isClosed(card.templateId)) throw noSuchButton(buttons, wanted)
  return found ?? { id: wanted }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

function paramsOf(data: unknown): Variables {
  const entries = Object.entries(fieldsOf(fieldsOf(data).cardParamMap))
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function ownOf(privateData: unknown): Readonly<Record<string, Variables>> {
  return Object.fromEntries(Object.entries(fieldsOf(privateData)).map(([userId, data]) => [userId, paramsOf(data)]))
}
