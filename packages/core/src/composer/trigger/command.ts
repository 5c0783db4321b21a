import { kindOf } from '@dingware/transport'
import type { Context } from '../../context/context.ts'
import { someOf } from '../../context/filter/some-of.ts'
import { servicesOf } from '../../context/update-context.ts'

/** A command and what follows it. */
export interface CommandMatch {
  readonly command: string
  readonly args: string
}

/** What is put before a command where a bot says nothing else. */
const DEFAULT_PREFIX = ['/']

/** What shows as nothing: zero-width and directional marks, the byte order mark, variation selectors. */
const INVISIBLE = '\\p{Cf}\\u034f\\ufe00-\\ufe0f'
/** What shows as a blank or stands for one, those of input methods included (U+3000 is among `\s`). */
const BLANK = '\\s\\u115f\\u1160\\u180e\\u200b\\u2060\\u2800\\u3164\\ufeff\\uffa0'

const LEADING = new RegExp(`^[${BLANK}${INVISIBLE}]+`, 'u')
const HIDDEN = new RegExp(`[${INVISIBLE}]+`, 'gu')
const HIDDEN_START = new RegExp(`^[${INVISIBLE}]+`, 'u')
const NAME_AND_REST = new RegExp(`^([^${BLANK}]+)[${BLANK}]*([^]*)$`, 'u')
const NO_NAME = new RegExp(`[${BLANK}/／]`, 'u')
const ONE_BLANK = new RegExp(`[${BLANK}]`, 'u')

/** A text without what people do not see at its start, as pasted texts and some keyboards have it. */
export function withoutHiddenStart(text: string): string {
  return text.replace(LEADING, '')
}

/**
 * Finds a command at the start of a text, as people type it: in any case, in full-width letters (`／ＨＥＬＰ`), with what
 * they do not see before it and blanks of any kind after it.
 *
 * @throws Error at once for a name that no text could have.
 */
export function commandMatcherOf(names: string | readonly string[]): (ctx: Context) => CommandMatch | undefined {
  const known = new Map(someOf(names).map(name => [folded(checked(name)), name]))
  // Where two names differ in case only, the one that was written goes first.
  for (const name of someOf(names)) known.set(name, name)
  return ctx => {
    const text = withoutHiddenStart(ctx.text)
    const prefix = prefixOf(text, servicesOf(ctx)?.commandPrefix ?? DEFAULT_PREFIX)
    // After a mention, in a group, people leave the slash out; in a private chat every word would be a command.
    if (prefix === undefined && !(ctx.chat?.type === 'group' && ctx.isMentioned)) return undefined
    const rest = text.slice(prefix?.length ?? 0).replace(HIDDEN_START, '')
    const [, written = '', args = ''] = NAME_AND_REST.exec(rest) ?? []
    const command = known.get(written) ?? known.get(folded(written))
    return command === undefined ? undefined : { command, args: trimmedEnd(args) }
  }
}

function checked(name: string): string {
  if (typeof name !== 'string')
    throw new TypeError(`command() would never match: the name of a command is a text, not ${kindOf(name)}.`)
  if (folded(name) !== '' && !NO_NAME.test(name)) return name
  throw new Error(
    `command(${JSON.stringify(name)}) would never match: a name has neither spaces nor slashes ("/${name}" is written by people).`,
  )
}

/** Without case, without what is not seen, and in the usual width. */
function folded(text: string): string {
  return text.replace(HIDDEN, '').normalize('NFKC').toLowerCase()
}

/** The prefix that a text begins with, as it is written there. */
function prefixOf(text: string, prefixes: readonly string[]): string | undefined {
  const prefix = prefixes.find(one => folded(text.slice(0, one.length)) === folded(one))
  return prefix && text.slice(0, prefix.length)
}

/** Whether commands can begin with it: with nothing that shows before them, every word would be one. */
export function isCommandPrefix(text: string): boolean {
  return folded(text) !== '' && !ONE_BLANK.test(text)
}

/** Not by a pattern, which takes its time with many blanks inside. */
function trimmedEnd(text: string): string {
  let end = text.length
  while (end > 0 && ONE_BLANK.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
