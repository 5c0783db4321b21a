import * as v from 'valibot'
import { isRecord } from '../lenient/lenient.ts'
import type { CardCallback } from './callback.ts'

/** What a click may be answered with. */
export interface CardAnswer {
  /** New values of the card's variables, for all. Others stay as they are; what is no text becomes JSON. */
  readonly card?: Readonly<Record<string, unknown>> | undefined
  /** The same for the one who clicked alone; the template has to mark these variables as private. */
  readonly private?: Readonly<Record<string, unknown>> | undefined
}

/** Variables as the platform takes them: all are text. */
export type CardVariables = Readonly<Record<string, string>>

const KEYS = ['card', 'private']
/** The platform's own default takes all other variables away (event-callback-card). */
const BY_KEY = { updateCardDataByKey: true, updatePrivateDataByKey: true }

/** Whether a body is the short form; anything else is the platform's own. */
export function isCardAnswer(body: unknown): body is CardAnswer {
  if (!isRecord(body)) return false
  const keys = Object.keys(body)
  return keys.length > 0 && keys.every(key => KEYS.includes(key) && (body[key] === undefined || isRecord(body[key])))
}

/** The short form as the content of an ack. `userPrivateData` belongs to whoever clicked, so there is no userId in it. */
export function ackOf({ card, private: own }: CardAnswer): object {
  if (!card && !own) return {}
  return {
    cardUpdateOptions: BY_KEY,
    ...(card && { cardData: { cardParamMap: toVariables(card) } }),
    ...(own && { userPrivateData: { cardParamMap: toVariables(own) } }),
  }
}

/**
 * The same as the body of the API, for when the ack has gone (interactive-card-update-interface).
 *
 * @param current variables that every update of the card has to carry.
 */
export function updateOf(
  { outTrackId, userId, userIdType = 1 }: Pick<CardCallback, 'outTrackId' | 'userId' | 'userIdType'>,
  { card, private: own }: CardAnswer,
  current: CardVariables = {},
): object {
  return {
    outTrackId,
    // What it was sent with: ids of the other kind would mean nobody.
    userIdType,
    cardUpdateOptions: BY_KEY,
    ...(card && { cardData: { cardParamMap: { ...current, ...toVariables(card) } } }),
    ...(own && { privateData: { [userId]: { cardParamMap: toVariables(own) } } }),
  }
}

/** Turns values into text: objects, lists, numbers become JSON; what is undefined is left out. */
export function toVariables(values: Readonly<Record<string, unknown>>): CardVariables {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text === undefined ? [] : [[name, text] as const]
  })
  return Object.fromEntries(entries)
}

/** The body of a call that updates a card (interactive-card-update-interface). */
export interface CardUpdate {
  readonly outTrackId: string
  readonly cardData?: CardParams | undefined
  readonly privateData?: Readonly<Record<string, CardParams>> | undefined
  readonly cardUpdateOptions?: Readonly<Record<string, boolean>> | undefined
}

interface CardParams {
  readonly cardParamMap: CardVariables
}

const Params = v.object({ cardParamMap: v.record(v.string(), v.string()) })
const UpdateBody = v.object({
  outTrackId: v.string(),
  cardData: v.optional(Params),
  privateData: v.optional(v.record(v.string(), Params)),
  cardUpdateOptions: v.optional(v.record(v.string(), v.boolean())),
})

/** The body of a call that updates a card, if it is one. */
export function parseUpdateBody(body: unknown): CardUpdate | undefined {
  const result = v.safeParse(UpdateBody, body)
  return result.success ? result.output : undefined
}

/** The content of the ack that does the same, if an ack can: it holds private data of the one who clicked alone. */
export function ackInsteadOf(body: CardUpdate, userId: string): object | undefined {
  const { cardData, privateData = {}, cardUpdateOptions } = body
  const { [userId]: own, ...others } = privateData
  if (Object.keys(others).length > 0) return undefined
  return {
    ...(cardUpdateOptions && { cardUpdateOptions }),
    ...(cardData && { cardData }),
    ...(own && { userPrivateData: own }),
  }
}
