import { closeFences } from './fence.ts'
import { jsonBytes, type Limits } from './limits.ts'
import { pack } from './pack.ts'
import { inlineReferences } from './references.ts'
import { unitsOf } from './units.ts'

export interface SplitOptions {
  /** The longest part, in UTF-16 units as `length` counts them. Default 3,800; at least 100. */
  readonly maxChars?: number
  /**
   * The largest part, in what `bytesOf` counts. Default 14,500: `msgParam` of a proactive message may have 15,000
   * bytes, and the title stands in it too. At least 600. A webhook's body may have 20,000.
   */
  readonly maxBytes?: number
  /** Whether each part ends with its number, for example `(1/3)`; a single part has none. Default false. */
  readonly numbered?: boolean
  /**
   * Counts the bytes of a text. Default: its UTF-8 inside a JSON string, where line breaks and quotes take two. Has to
   * count two texts together as their sum.
   */
  readonly bytesOf?: (text: string) => number
}

const LEAST_CHARS = 100
const LEAST_BYTES = 600

/**
 * Splits markdown into parts short enough for DingTalk, each of them valid by itself. It cuts between blocks, items of
 * lists and rows of tables (whose header is repeated), between lines of code (whose fence is closed and opened again),
 * then between sentences, words and graphemes. What need not be cut stays as it was written, but for line ends, which
 * become `\n`, fences left open, which get closed, and links by reference (`[text][label]`), which get their address.
 *
 * @returns nothing for a text of white space only
 * @throws RangeError when the limits leave no room for text
 * @example
 * for (const part of splitMarkdown(answer, { numbered: true })) await ctx.reply(part)
 */
export function splitMarkdown(text: string, options: SplitOptions = {}): string[] {
  const { maxChars = 3800, maxBytes = 14_500, numbered = false, bytesOf = jsonBytes } = options
  if (!(maxChars >= LEAST_CHARS && maxBytes >= LEAST_BYTES)) {
    throw new RangeError(
      `splitMarkdown cannot make parts of ${maxChars} characters and ${maxBytes} bytes: ` +
        `maxChars has to be ${LEAST_CHARS} or more, maxBytes ${LEAST_BYTES} or more`,
    )
  }
  if (text.trim() === '') return []
  const limits: Limits = { maxChars, maxBytes, bytesOf }
  const closed = closeFences(text)
  if (fits(closed, limits)) return [closed]
  const whole = inlineReferences(closed)
  return numbered ? splitNumbered(whole, limits) : splitTo(whole, limits)
}

function splitTo(text: string, limits: Limits): string[] {
  return pack(unitsOf(text, { path: [], blanks: 0 }, limits), limits)
}

function splitNumbered(text: string, limits: Limits): string[] {
  // The numbers take room, which may make more parts, whose numbers may have more digits.
  for (let digits = 1; ; digits++) {
    const most = Number('9'.repeat(digits))
    const number = suffix(most, most)
    const maxChars = limits.maxChars - number.length
    const parts = splitTo(text, { ...limits, maxChars, maxBytes: limits.maxBytes - limits.bytesOf(number) })
    if (parts.length <= most) return parts.map((part, i) => part + suffix(i + 1, parts.length))
  }
}

function suffix(number: number, total: number): string {
  return `\n\n(${number}/${total})`
}

function fits(text: string, { maxChars, maxBytes, bytesOf }: Limits): boolean {
  return text.length <= maxChars && bytesOf(text) <= maxBytes
}
