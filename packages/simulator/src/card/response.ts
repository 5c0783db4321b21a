import * as v from 'valibot'
import type { AckResult } from '../gateway/types.ts'
import { parseJson, withoutNulls } from '../http/json.ts'
import type { Variables } from './types.ts'

/** What a bot answers to a click: new values for the card, and for the one who clicked. */
export interface CardResponse {
  readonly cardData?: Variables
  readonly userPrivateData?: Variables
  readonly updateCardDataByKey: boolean
  readonly updatePrivateDataByKey: boolean
}

const data = v.optional(v.looseObject({ cardParamMap: v.optional(v.record(v.string(), v.string())) }))
const schema = v.looseObject({
  response: v.optional(
    v.looseObject({
      cardUpdateOptions: v.optional(
        v.looseObject({
          updateCardDataByKey: v.optional(v.boolean()),
          updatePrivateDataByKey: v.optional(v.boolean()),
        }),
      ),
      cardData: data,
      // Belongs to the one who clicked: there is no user id in it.
      userPrivateData: data,
    }),
  ),
})

/** Reads the ack of a card callback: undefined when there is none or it is no 200, a text says what is wrong with it. */
export function parseCardResponse(ack: AckResult): CardResponse | string | undefined {
  if (ack.status !== 'acked' || ack.code !== 200) return undefined
  const parsed = v.safeParse(schema, withoutNulls(parseJson(ack.data)))
  if (!parsed.success) {
    const [issue] = parsed.issues
    return `the answer to a card callback is wrong at ${v.getDotPath(issue) ?? 'data'}: ${issue.message}`
  }
  const { cardData, userPrivateData, cardUpdateOptions } = parsed.output.response ?? {}
  return {
    // The official Go client sends `cardParamMap: null` where it changes nothing.
    ...(cardData?.cardParamMap && { cardData: cardData.cardParamMap }),
    ...(userPrivateData?.cardParamMap && { userPrivateData: userPrivateData.cardParamMap }),
    updateCardDataByKey: cardUpdateOptions?.updateCardDataByKey ?? false,
    updatePrivateDataByKey: cardUpdateOptions?.updatePrivateDataByKey ?? false,
  }
}
