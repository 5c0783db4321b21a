/**
 * The states of an AI card as templates know them, in the variable `flowStatus` (Python SDK, `AICardStatus`).
 *
 * @example
 * await client.card(outTrackId).update({ msgContent: '完成', flowStatus: AI_CARD_STATUS.finished })
 *
 * `ctx.aiCard()` sets it by itself; and it is text, as all variables are.
 */
export const AI_CARD_STATUS = { processing: '1', inputting: '2', finished: '3', executing: '4', failed: '5' } as const
