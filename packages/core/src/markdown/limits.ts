/** Maximum size of a part. */
export interface Limits {
  readonly maxChars: number
  readonly maxBytes: number
  readonly bytesOf: (text: string) => number
}

/** Tells whether a text fits into the room that is left. */
export type Fits = (text: string) => boolean

/**
 * Size of a text inside a JSON string, in UTF-8 bytes, where a line break or a quote takes two: the platform limits
 * `msgParam` and the webhook's body, both of them JSON.
 *
 * @example jsonBytes('好\n') // 5
 */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2
}

/** Binary search: the greatest number from 0 to `max` that passes, provided that all smaller ones pass, too. */
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
