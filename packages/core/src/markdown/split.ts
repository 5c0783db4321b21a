import { closeFences } from './fence.ts'
import { jsonBytes, type Limits } from './limits.ts'
import { pack } from './pack.ts'
import { inlineReferences } from './references.ts'
import { unitsOf } from './units.ts'

/** Options of {@link splitMarkdown}. */
export interface SplitOptions {
  /** Maximum length of a part, in UTF-16 units (as `length` counts). Default 3,800; at least 100. */
  readonly maxChars?: number
  /**
   * Maximum size of a part, as `bytesOf` counts it. Default 14,500: `msgParam` of a proactive message may have 15,000
   * bytes, and holds the title, too. At least 600. A webhook's body may have 20,000.
   */
  readonly maxBytes?: number
  /** Appends its number to each part, such as `(1/3)`; not to a single one. Default false. */
  readonly numbered?: boolean
  /**
   * Measures a text in bytes. Default: UTF-8 inside a JSON string, where line breaks and quotes take two. The size of
   * two texts together has to be the sum of their sizes.
   */
  readonly bytesOf?: (text: string) => number
}

const LEAST_CHARS = 100
const LEAST_BYTES = 600

/**
 * Splits long markdown into parts that DingTalk accepts, each valid by itself. It cuts between blocks, list items,
 * table rows (the header is repeated) and lines of code (the fence is closed and opened again), and only then between
 * sentences, words and graphemes.
 *
 * The text is otherwise unchanged, except that line ends become `\n`, unclosed fences are closed, and links by
 * reference (`[text][label]`) become inline links.
 *
 * @returns the parts in order; `[]` for blank text
 * @throws RangeError if `maxChars` or `maxBytes` is too small
 * @example
 * for (const part of splitMarkdown(answer, { numbered: true })) await ctx.replyMarkdown('Answer', part)
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
  // The numbers take room, which may lead to more parts, whose numbers may have more digits.
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
