import { DingTalkError } from '@dingware/transport'
import { type Fields, isRecord } from '../lenient/lenient.ts'

/** Variables as the platform takes them: all are text; anything else is refused (`MissingStringValue`, three live bots). */
export type CardVariables = Readonly<Record<string, string>>

/**
 * Text without half characters: one of a surrogate pair that stands alone becomes U+FFFD. JSON would carry it as an escape,
 * and clients show it as rubbish, or nothing of the text at all.
 *
 * @example
 * wellFormed('好的\ud83d') // '好的\ufffd'
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

/**
 * Turns values into text: objects, lists, numbers become JSON; what is undefined is left out, and no half of a character
 * stays alone.
 *
 * @throws DingTalkError (`ERR_CARD_DATA`) for what has no JSON, as an object that holds itself.
 */
export function toVariables(values: Readonly<Record<string, unknown>>): CardVariables {
  const entries = Object.entries(values).flatMap(([name, value]) => {
    const text = ['string', 'bigint'].includes(typeof value) ? wellFormed(String(value)) : jsonOf(name, value)
    return text === undefined ? [] : [[name, text] as const]
  })
  return Object.fromEntries(entries)
}

function jsonOf(name: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_key, item) => {
      if (typeof item === 'bigint') return String(item)
      return typeof item === 'string' ? wellFormed(item) : item
    })
  } catch (cause) {
    throw new DingTalkError(
      `The card was not changed, because its variable ${JSON.stringify(name)} cannot be written as JSON (does it hold itself?). Give it text, or plain data.`,
      { code: 'ERR_CARD_DATA', cause },
    )
  }
}

/** A body of the card APIs, or an answer to a click, with all its variables as text. */
export function withTexts(body: Fields): Fields {
  const { cardData, userPrivateData, privateData } = body
  return {
    ...body,
    ...(isRecord(cardData) && { cardData: paramsAsText(cardData) }),
    ...(isRecord(userPrivateData) && { userPrivateData: paramsAsText(userPrivateData) }),
    ...(isRecord(privateData) && {
      privateData: Object.fromEntries(
        Object.entries(privateData).map(([id, data]) => [id, isRecord(data) ? paramsAsText(data) : data]),
      ),
    }),
  }
}

function paramsAsText(data: Fields): Fields {
  const { cardParamMap } = data
  return isRecord(cardParamMap) ? { ...data, cardParamMap: toVariables(cardParamMap) } : data
}

/** The variables in `cardData` and the like; none where there are none. */
export function paramsOf(data: unknown): Fields {
  const { cardParamMap } = isRecord(data) ? data : {}
  return isRecord(cardParamMap) ? cardParamMap : {}
}

export function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0
}
