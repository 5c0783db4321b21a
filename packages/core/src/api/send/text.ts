import { DingTalkError, kindOf } from '@dingware/transport'

/**
 * What does not show: blanks, control and format characters (zero-width ones, marks of direction, the byte order mark, the
 * soft hyphen), fillers, and the blank among the Braille patterns. An emoji that is joined by such characters shows.
 */
const UNSEEN = /^[\p{White_Space}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u

/**
 * Whether there is anything to see in a text.
 *
 * @example hasText('\u200b\n') // false
 */
export function hasText(text: string): boolean {
  return !UNSEEN.test(text)
}

/**
 * Checks a text that people are to see. The platform refuses empty ones in words of its own, and shows blank ones as empty
 * bubbles (QwenPaw#5566).
 *
 * @param what what is not sent without it: `The DING`
 * @param name what the text is there: `its content`
 * @throws TypeError for what is no text; DingTalkError `ERR_EMPTY_MESSAGE` where there is nothing to see.
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
