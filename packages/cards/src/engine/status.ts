/** States of an AI card as templates know them, in the variable `flowStatus` (Python SDK, `AICardStatus`). */
export const AI_CARD_STATUS = { processing: '1', inputting: '2', finished: '3', executing: '4', failed: '5' } as const
