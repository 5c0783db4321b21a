import { isRecord } from '../updates/lenient/lenient.ts'
import { AI_TEMPLATE, BUTTON_TEMPLATE, bare, buttonsIn, type CardButton } from './card-buttons.ts'
import { fieldsOf } from './json.ts'
import type { TestCard } from './replies.ts'

type Variables = Readonly<Record<string, string>>

/** State of a card as the platform keeps it. Immutable: each change makes a new one. */
export interface CardState {
  readonly outTrackId: string
  readonly templateId: string
  readonly userIdType: 1 | 2
  readonly variables: Variables
  /** Variables as seen by people who have clicked since the last change for everybody, by user id. */
  readonly answered: Readonly<Record<string, Variables>>
  /** Private variables, by user id. */
  readonly own: Readonly<Record<string, Variables>>
  /** Name of the variable that is streamed. */
  readonly streamedKey?: string
  /** State of an AI card, from `1` to `5`. */
  readonly status?: string | undefined
  /** True if an update without `flowStatus` has left nothing to draw. */
  readonly isBlank?: boolean
  /** Body of the call that created it. */
  readonly body: unknown
}

/** Text variables of known templates, from top to bottom; `result` is that of a form. */
const SHOWN = [
  'msgTitle',
  'title',
  'question_title',
  'markdown',
  'content',
  'msgContent',
  'staticMsgContent',
  'question_desc',
]

/** Creates a card from the body of the creating call. */
export function createdCard(body: unknown): CardState {
  const { outTrackId, cardTemplateId, cardData, privateData, userIdType } = fieldsOf(body)
  const variables = paramsOf(cardData)
  return {
    outTrackId: String(outTrackId),
    templateId: String(cardTemplateId),
    userIdType: userIdType === 2 ? 2 : 1,
    variables,
    answered: {},
    own: ownOf(privateData),
    status: variables.flowStatus,
    body,
  }
}

/**
 * Applies an update by the API. On the public AI template one without `flowStatus` leaves nothing to draw, even one by
 * key (agentscope#2285, live).
 */
export function updatedCard(card: CardState, body: unknown): CardState {
  const { cardData } = fieldsOf(body)
  const after = withData(card, body)
  if (!isRecord(cardData)) return after
  return { ...after, isBlank: bare(card.templateId) === AI_TEMPLATE && paramsOf(cardData).flowStatus === undefined }
}

/** Applies data in the form of the API's body. By the platform's default it replaces all variables. */
function withData(card: CardState, body: unknown): CardState {
  const { cardData, privateData, cardUpdateOptions } = fieldsOf(body)
  const { updateCardDataByKey, updatePrivateDataByKey } = fieldsOf(cardUpdateOptions)
  const own = Object.entries(ownOf(privateData)).map(([id, values]) => {
    return [id, { ...(updatePrivateDataByKey === true && card.own[id]), ...values }] as const
  })
  const kept = { ...card, own: { ...card.own, ...Object.fromEntries(own) } }
  if (!isRecord(cardData)) return kept
  const values = paramsOf(cardData)
  const status = values.flowStatus ?? card.status
  if (updateCardDataByKey !== true) return { ...kept, status, variables: values, answered: {} }
  return { ...withValues(kept, values), status }
}

/** Changes some variables for everybody. */
function withValues(card: CardState, values: Variables): CardState {
  const views = Object.entries(card.answered).map(([id, view]) => [id, { ...view, ...values }] as const)
  return { ...card, variables: { ...card.variables, ...values }, answered: Object.fromEntries(views) }
}

/** Applies the answer to a click, for everybody or only for the person with this id. */
export function answeredCard(card: CardState, id: string, answer: unknown, isForAll: boolean): CardState {
  const { response } = fieldsOf(answer)
  const { cardData, userPrivateData, cardUpdateOptions } = fieldsOf(response)
  if (!isRecord(cardData) && !isRecord(userPrivateData)) return card
  const privateData = userPrivateData && { [id]: userPrivateData }
  const after = withData(card, { cardUpdateOptions, privateData, ...(isForAll && { cardData }) })
  if (isForAll || !isRecord(cardData)) return after
  const isByKey = fieldsOf(cardUpdateOptions).updateCardDataByKey === true
  const view = { ...(isByKey && (card.answered[id] ?? card.variables)), ...paramsOf(cardData) }
  return { ...after, answered: { ...card.answered, [id]: view } }
}

/** Applies a frame of a stream. */
export function streamedCard(card: CardState, body: unknown): CardState {
  const { key, content, isFull, isFinalize, isError } = fieldsOf(body)
  const streamedKey = String(key)
  const before = isFull === false ? (card.variables[streamedKey] ?? '') : ''
  const status = isError === true ? '5' : isFinalize === true ? '3' : '2'
  return { ...withValues(card, { [streamedKey]: before + String(content) }), streamedKey, status, isBlank: false }
}

/** Public templates that are known to have no private variables: private data stays invisible there. */
const WITHOUT_PRIVATE: readonly string[] = [AI_TEMPLATE, BUTTON_TEMPLATE]

/** Variables as one person sees them; none if the card draws nothing. */
export function viewOf(card: CardState, id: string): Variables {
  if (card.isBlank) return {}
  return { ...(card.answered[id] ?? card.variables), ...drawnPrivately(card.templateId, card.own[id] ?? {}) }
}

/** Private variables that are drawn. The thumbs below an AI card have one of their own. */
function drawnPrivately(templateId: string, own: Variables): Variables {
  if (!WITHOUT_PRIVATE.includes(bare(templateId))) return own
  return Object.fromEntries(Object.entries(own).filter(([name]) => /^node_\w+_likeOrDislike$/.test(name)))
}

/** Visible content of a card. */
export function shownCard(card: CardState): TestCard {
  const { outTrackId, variables, streamedKey, body } = card
  const names = streamedKey === undefined || SHOWN.includes(streamedKey) ? SHOWN : [...SHOWN, streamedKey]
  const drawn = card.isBlank ? {} : variables
  const texts = names.map(name => drawn[name] ?? '').filter(text => text.trim() !== '')
  const buttons = buttonsIn(card, drawn).map(({ text, id, url }): CardButton => {
    return { text, id, ...(url !== undefined && { url }) }
  })
  return { msgtype: 'card', outTrackId, text: texts.join('\n\n'), buttons, variables, body }
}

function paramsOf(data: unknown): Variables {
  const entries = Object.entries(fieldsOf(fieldsOf(data).cardParamMap))
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

function ownOf(privateData: unknown): Readonly<Record<string, Variables>> {
  return Object.fromEntries(Object.entries(fieldsOf(privateData)).map(([userId, data]) => [userId, paramsOf(data)]))
}
