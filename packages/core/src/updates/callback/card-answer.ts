import { type Fields, isRecord } from '../lenient/lenient.ts'
import type { CardCallback } from './callback.ts'
import { type CardVariables, isEmpty, paramsOf, toVariables, withTexts } from './card-variables.ts'

/** What a click may be answered with. */
export interface CardAnswer {
  /** New values of the card's variables, for all. Others stay as they are; what is no text becomes JSON. */
  readonly card?: Readonly<Record<string, unknown>> | undefined
  /** The same for the one who clicked alone; the template has to mark these variables as private. */
  readonly private?: Readonly<Record<string, unknown>> | undefined
}

const KEYS = ['card', 'private']

/** Whether a body is the short form; anything else is the platform's own. What is `null` says nothing, as from JavaScript. */
function isCardAnswer(body: unknown): body is CardAnswer {
  if (!isRecord(body)) return false
  const keys = Object.keys(body)
  return keys.length > 0 && keys.every(key => KEYS.includes(key) && isRecord(body[key] ?? {}))
}

/** An answer as the platform has it. `userPrivateData` belongs to whoever clicked, so there is no userId in it. */
export interface CardResponse extends Fields {
  readonly cardData?: unknown
  readonly userPrivateData?: unknown
  readonly cardUpdateOptions?: unknown
}

/**
 * What a body says of the card, in the platform's form: of the short form, and of that form itself.
 *
 * @returns undefined where it says nothing of it.
 */
export function responseOf(body: unknown): CardResponse | undefined {
  if (!isCardAnswer(body)) return isRecord(body) ? ownForm(body) : undefined
  const cardParamMap = toVariables(body.card ?? {})
  const ownParamMap = toVariables(body.private ?? {})
  return {
    ...updateOptions(!isEmpty(cardParamMap), !isEmpty(ownParamMap)),
    ...(!isEmpty(cardParamMap) && { cardData: { cardParamMap } }),
    ...(!isEmpty(ownParamMap) && { userPrivateData: { cardParamMap: ownParamMap } }),
  }
}

function ownForm(body: Fields): CardResponse | undefined {
  return 'cardData' in body || 'userPrivateData' in body ? withTexts(body) : undefined
}

/** The platform's own default takes all other variables away (event-callback-card). */
function updateOptions(hasCard: boolean, hasPrivate: boolean): object {
  if (!hasCard && !hasPrivate) return {}
  return {
    cardUpdateOptions: {
      ...(hasCard && { updateCardDataByKey: true }),
      ...(hasPrivate && { updatePrivateDataByKey: true }),
    },
  }
}

/** Which parts of a card are meant: the variables for all, those for the one who clicked. */
export interface CardParts {
  readonly card: boolean
  readonly private: boolean
}

/**
 * The same as the body of the API, for what an answer does not reach (interactive-card-update-interface).
 *
 * @param parts what of it is left to be said.
 * @returns undefined where nothing is.
 */
export function updateOf(
  { outTrackId, userId, userIdType = 1 }: Pick<CardCallback, 'outTrackId' | 'userId' | 'userIdType'>,
  { cardData, userPrivateData, cardUpdateOptions }: CardResponse,
  parts: CardParts,
): object | undefined {
  const hasCard = parts.card && !isEmpty(paramsOf(cardData))
  // Of a click that names nobody, nobody can be shown anything.
  const hasPrivate = parts.private && userId !== '' && !isEmpty(paramsOf(userPrivateData))
  if (outTrackId === '' || !(hasCard || hasPrivate)) return undefined
  const { updateCardDataByKey = false, updatePrivateDataByKey = false } = isRecord(cardUpdateOptions)
    ? cardUpdateOptions
    : {}
  return {
    outTrackId,
    // What it was sent with: ids of the other kind would mean nobody.
    userIdType,
    cardUpdateOptions: { ...(hasCard && { updateCardDataByKey }), ...(hasPrivate && { updatePrivateDataByKey }) },
    ...(hasCard && { cardData }),
    ...(hasPrivate && { privateData: { [userId]: userPrivateData } }),
  }
}

/** The body of a call that updates a card (interactive-card-update-interface), with all its variables as text. */
export interface CardUpdate extends Fields {
  readonly outTrackId: string
}

/** The body of a call that updates a card, if it is one. */
export function parseUpdateBody(body: unknown): CardUpdate | undefined {
  if (!isRecord(body)) return undefined
  const { outTrackId } = body
  return typeof outTrackId === 'string' && outTrackId !== '' ? { ...withTexts(body), outTrackId } : undefined
}

/** The content of the ack that does the same, if an ack can: it holds private data of the one who clicked alone. */
export function ackInsteadOf(
  { cardData, privateData, cardUpdateOptions }: CardUpdate,
  userId: string,
): CardResponse | undefined {
  const { [userId]: own, ...others } = isRecord(privateData) ? privateData : {}
  if (!isEmpty(others)) return undefined
  return {
    ...(isRecord(cardUpdateOptions) && { cardUpdateOptions }),
    ...(isRecord(cardData) && { cardData }),
    ...(isRecord(own) && { userPrivateData: own }),
  }
}

/**
 * Repeats the variables that everything said of a card has to carry: on an AI card an update without `flowStatus` draws
 * nothing, also one by key (agentscope#2285, live).
 */
export function withCurrent<T extends CardResponse>(body: T, current: CardVariables = {}): T {
  const given = paramsOf(body.cardData)
  const missing = Object.entries(current).filter(([name]) => !Object.hasOwn(given, name))
  if (missing.length === 0) return body
  const cardData = {
    ...(isRecord(body.cardData) && body.cardData),
    cardParamMap: { ...Object.fromEntries(missing), ...given },
  }
  if (!isEmpty(given)) return { ...body, cardData }
  const options = isRecord(body.cardUpdateOptions) ? body.cardUpdateOptions : {}
  // It said nothing of the public variables, so they are to stay.
  return { ...body, cardData, cardUpdateOptions: { ...options, updateCardDataByKey: true } }
}
