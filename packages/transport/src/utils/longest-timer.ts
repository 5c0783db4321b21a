/** The longest timer that Node knows, in milliseconds: one of more fires at once, over and over where it repeats. */
export const LONGEST_TIMER: number = 2 ** 31 - 1
