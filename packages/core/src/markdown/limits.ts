/** How long a part may be. */
export interface Limits {
  readonly maxChars: number
  readonly maxBytes: number
  readonly bytesOf: (text: string) => number
}

/** Whether a text still fits where it is to stand. */
export type Fits = (text: string) => boolean

/**
 * Counts the UTF-8 bytes that a text takes inside a JSON string, where a line break takes two and a quote too: the
 * platform limits `msgParam` and the webhook's body, both of them JSON text.
 *
 * @example jsonBytes('好\n') // 5
 */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}

/** The greatest number from 0 to `max` that passes, if all the smaller ones pass too. */
export function greatest(max: number, passes: (value: number) => boolean): number {
  let low = 0
  let high = max
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (passes(middle)) low = middle
    else high = middle - 1
  }
  return low
}
