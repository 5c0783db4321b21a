import { DingTalkError } from '@dingware/transport'
import { type Fields, isRecord } from '../lenient/lenient.ts'

/**
 * Card variables as the platform accepts them: all are strings; it refuses anything else (`MissingStringValue`, three
 * live bots).
 */
export type CardVariables = Readonly<Record<string, string>>

/**
 * Replaces unpaired surrogates (halves of an emoji, as they occur at the end of a chunk of streamed text) by U+FFFD.
 * Clients show a text with an unpaired one wrongly, or not at all.
 *
 * @example
 * wellFormed('好的\ud83d') // '好的\ufffd'
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

/**
 * Converts values to card variables, which have to be strings: objects, arrays and numbers become JSON, `undefined` is
 * left out, unpaired surrogates are replaced.
 *
 * @throws DingTalkError `ERR_CARD_DATA` for a value that has no JSON, such as a circular object
 * @example
 * toVariables({ title: '订单', items: [1, 2] }) // { title: '订单', items: '[1,2]' }
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

/** Converts the variables in the body of a card API call, or in an answer to a click, to strings. */
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

/** Variables in `cardData` and the like; `{}` if there are none. */
export function paramsOf(data: unknown): Fields {
  const { cardParamMap } = isRecord(data) ? data : {}
  return isRecord(cardParamMap) ? cardParamMap : {}
}

export function isEmpty(values: object): boolean {
  return Object.keys(values).length === 0
}
