import { DingTalkError, kindOf } from '@dingware/transport'

/**
 * Text that shows nothing: blanks, control and format characters (zero-width ones, marks of direction, the byte order
 * mark, the soft hyphen), fillers, and the blank Braille pattern. An emoji that is joined by such characters is
 * visible.
 */
const UNSEEN = /^[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u

/**
 * True if a text has anything visible. Use it to check generated text before sending: blanks and zero-width characters
 * alone do not count.
 *
 * @example hasText('\u200b\n') // false
 * @example if (hasText(answer)) await ctx.replyText(answer)
 */
export function hasText(text: string): boolean {
  return !UNSEEN.test(text)
}

/**
 * Asserts that a text for people is not blank: the platform refuses empty texts with an error of its own, and shows
 * blank ones as empty bubbles (QwenPaw#5566). For plugins that send messages.
 *
 * @param what subject of the error message, such as `The DING`
 * @param name name of the text in the error message, such as `its content`
 * @throws TypeError if it is not a string; DingTalkError `ERR_EMPTY_MESSAGE` if it is blank.
 * @example requireText('The report', 'its `title`', title)
 */
export function requireText(what: string, name: string, value: unknown): void {
  if (typeof value !== 'string') {
    throw new TypeError(
      `${what} was not sent: ${name} is ${kindOf(value)}, but it has to be a text. Give it one, such as String(value) or a default.`,
    )
  }
  if (hasText(value)) return
  const problem = `${what} was not sent: ${name} is empty, and the platform refuses that. Give it some text, or send nothing.`
  throw new DingTalkError(problem, { code: 'ERR_EMPTY_MESSAGE' })
}
