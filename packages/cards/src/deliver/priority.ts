/** The order in which calls of cards leave a queue for the rate limit: a card that appears, one that ends, one that grows. */
export const PRIORITY = { create: 0, end: 1, update: 2 } as const
