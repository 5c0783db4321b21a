import { type Fields, isRecord } from '../lenient/lenient.ts'
import type { CardCallback } from './callback.ts'
import { type CardVariables, isEmpty, paramsOf, toVariables, withTexts } from './card-variables.ts'

/** Answer to a click, for `ctx.respond`: new values for the card's variables. */
export interface CardAnswer {
  /** Variables to change for everybody; others keep their values. Values that are not strings are sent as JSON. */
  readonly card?: Readonly<Record<string, unknown>> | undefined
  /** Variables to change for the person who clicked. The template has to mark them as private. */
  readonly private?: Readonly<Record<string, unknown>> | undefined
}

const KEYS = ['card', 'private']

/**
 * True for the short form `{ card, private }`; anything else is the platform's own form. `null` counts as missing, for
 * untyped callers.
 */
function isCardAnswer(body: unknown): body is CardAnswer {
  if (!isRecord(body)) return false
  const keys = Object.keys(body)
  return keys.length > 0 && keys.every(key => KEYS.includes(key) && isRecord(body[key] ?? {}))
}

/** Answer in the platform's form. `userPrivateData` is for the person who clicked, so it has no userId. */
export interface CardResponse extends Fields {
  readonly cardData?: unknown
  readonly userPrivateData?: unknown
  readonly cardUpdateOptions?: unknown
}

/**
 * Converts an answer to the platform's form.
 *
 * @returns `undefined` if it does not concern the card.
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

/** Needed because the platform's default removes all other variables (event-callback-card). */
function updateOptions(hasCard: boolean, hasPrivate: boolean): object {
  if (!hasCard && !hasPrivate) return {}
  return {
    cardUpdateOptions: {
      ...(hasCard && { updateCardDataByKey: true }),
      ...(hasPrivate && { updatePrivateDataByKey: true }),
    },
  }
}

/**
 * Builds the body of the update API with the parts of an answer that the answer itself does not deliver
 * (interactive-card-update-interface).
 *
 * @param parts parts still to be delivered
 * @returns `undefined` if there are none.
 */
export function updateOf(
  { outTrackId, userId, userIdType = 1 }: Pick<CardCallback, 'outTrackId' | 'userId' | 'userIdType'>,
  { cardData, userPrivateData, cardUpdateOptions }: CardResponse,
  parts: { readonly card: boolean; readonly private: boolean },
): object | undefined {
  const hasCard = parts.card && !isEmpty(paramsOf(cardData))
  // Without a userId there is nobody to show private data to.
  const hasPrivate = parts.private && userId !== '' && !isEmpty(paramsOf(userPrivateData))
  if (outTrackId === '' || !(hasCard || hasPrivate)) return undefined
  const { updateCardDataByKey = false, updatePrivateDataByKey = false } = isRecord(cardUpdateOptions)
    ? cardUpdateOptions
    : {}
  return {
    outTrackId,
    // As the card was sent, since ids of the other type would match nobody.
    userIdType,
    cardUpdateOptions: { ...(hasCard && { updateCardDataByKey }), ...(hasPrivate && { updatePrivateDataByKey }) },
    ...(hasCard && { cardData }),
    ...(hasPrivate && { privateData: { [userId]: userPrivateData } }),
  }
}

/** Body of a call that updates a card (interactive-card-update-interface), with all variables as strings. */
export interface CardUpdate extends Fields {
  readonly outTrackId: string
}

/** Parses the body of a call that updates a card; `undefined` if it is none. */
export function parseUpdateBody(body: unknown): CardUpdate | undefined {
  if (!isRecord(body)) return undefined
  const { outTrackId } = body
  return typeof outTrackId === 'string' && outTrackId !== '' ? { ...withTexts(body), outTrackId } : undefined
}

/**
 * Converts an update to the content of an answer; `undefined` if it has private data of others, which an answer cannot
 * carry.
 */
export function ackInsteadOf(
  { cardData, privateData, cardUpdateOptions }: CardUpdate,
  userId: string,
): object | undefined {
  const { [userId]: own, ...others } = isRecord(privateData) ? privateData : {}
  if (!isEmpty(others)) return undefined
  return {
    ...(isRecord(cardUpdateOptions) && { cardUpdateOptions }),
    ...(isRecord(cardData) && { cardData }),
    ...(isRecord(own) && { userPrivateData: own }),
  }
}

/**
 * Adds the variables that each update of a card has to repeat: on an AI card an update without `flowStatus` shows
 * nothing, even one by key (agentscope#2285, live).
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
  // The update did not mention the public variables, so they have to be kept.
  return { ...body, cardData, cardUpdateOptions: { ...options, updateCardDataByKey: true } }
}
