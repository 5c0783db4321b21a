import * as v from 'valibot'
import type { AckResult } from '../../gateway/types.ts'
import { parseJson } from '../../utils/json.ts'
import type { Variables } from './types.ts'

/**
 * A bot's answer to a click: new variables for the card, and for the one who clicked.
 *
 * By `switches.clickAnswer` only the one who clicked sees `cardData`; in a private chat that is everybody.
 */
export interface CardResponse {
  /** Variables of the card; undefined when the answer has none. */
  readonly cardData?: Variables
  /** Variables that only the one who clicked sees; undefined when the answer has none. */
  readonly userPrivateData?: Variables
  /** Whether `cardData` is merged key by key; otherwise it replaces all variables. False by default. */
  readonly updateCardDataByKey: boolean
  /** The same for `userPrivateData`. */
  readonly updatePrivateDataByKey: boolean
}

// The official Go client writes every field of a struct, and null for what is not there.
const data = v.nullish(v.looseObject({ cardParamMap: v.nullable(v.record(v.string(), v.string())) }))
const answer = v.looseObject({
  response: v.nullish(
    v.looseObject({
      cardUpdateOptions: v.nullish(
        v.looseObject({
          updateCardDataByKey: v.nullish(v.boolean()),
          updatePrivateDataByKey: v.nullish(v.boolean()),
        }),
      ),
      cardData: data,
      // Belongs to the one who clicked: there is no user id in it.
      userPrivateData: data,
    }),
  ),
})
const inside = ['cardData', 'userPrivateData', 'cardUpdateOptions']
/** An answer without a `response` may hold anything: DingTalk's Channel SDK acks clicks with `{"success":true}`. */
const schema = v.pipe(
  answer,
  v.check(it => !inside.some(key => key in it), 'what belongs into response stands beside it'),
)

/** Reads the ack of a card callback: undefined when there is none or it is no 200, a text says what is wrong with it. */
export function parseCardResponse(ack: AckResult): CardResponse | string | undefined {
  if (ack.status !== 'acked' || ack.code !== 200) return undefined
  const parsed = v.safeParse(schema, parseJson(ack.data))
  if (!parsed.success) {
    const [issue] = parsed.issues
    return `the answer to a card callback is wrong at ${v.getDotPath(issue) ?? 'data'}: ${issue.message}`
  }
  const { cardData, userPrivateData, cardUpdateOptions } = parsed.output.response ?? {}
  return {
    ...(cardData?.cardParamMap && { cardData: cardData.cardParamMap }),
    ...(userPrivateData?.cardParamMap && { userPrivateData: userPrivateData.cardParamMap }),
    updateCardDataByKey: cardUpdateOptions?.updateCardDataByKey ?? false,
    updatePrivateDataByKey: cardUpdateOptions?.updatePrivateDataByKey ?? false,
  }
}
