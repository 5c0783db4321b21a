import { kindOf } from '@dingware/transport'
import type { Context } from '../../context/context.ts'
import { someOf } from '../../context/filter/some-of.ts'
import { servicesOf } from '../../context/update-context.ts'

/** Command and the text after it. */
export interface CommandMatch {
  readonly command: string
  readonly args: string
}

/** Default of the option `commandPrefix`. */
const DEFAULT_PREFIX = ['/']

/** Invisible characters: zero-width and directional marks, the byte order mark, variation selectors. */
const INVISIBLE = '\\p{Cf}\\u034f\\ufe00-\\ufe0f'
/** Blank characters, including those of input methods (U+3000 is part of `\s`). */
const BLANK = '\\s\\u115f\\u1160\\u180e\\u200b\\u2060\\u2800\\u3164\\ufeff\\uffa0'

const LEADING = new RegExp(`^[${BLANK}${INVISIBLE}]+`, 'u')
const HIDDEN = new RegExp(`[${INVISIBLE}]+`, 'gu')
const HIDDEN_START = new RegExp(`^[${INVISIBLE}]+`, 'u')
const NAME_AND_REST = new RegExp(`^([^${BLANK}]+)[${BLANK}]*([^]*)$`, 'u')
const NO_NAME = new RegExp(`[${BLANK}/／]`, 'u')
const ONE_BLANK = new RegExp(`[${BLANK}]`, 'u')

/** Removes invisible characters at the start of a text, as pasted texts and some keyboards have them. */
export function withoutHiddenStart(text: string): string {
  return text.replace(LEADING, '')
}

/**
 * Creates a function that finds a command at the start of a message, in the forms in which people type it: in any case,
 * in full-width letters (`／ＨＥＬＰ`), after invisible characters, with blanks of any kind behind it.
 *
 * @throws Error at once for a name that cannot match.
 */
export function commandMatcherOf(names: string | readonly string[]): (ctx: Context) => CommandMatch | undefined {
  const known = new Map(someOf(names).map(name => [folded(checked(name)), name]))
  // If two names differ only in case, the exact one is preferred.
  for (const name of someOf(names)) known.set(name, name)
  return ctx => {
    const text = withoutHiddenStart(ctx.text)
    const prefix = prefixOf(text, servicesOf(ctx)?.commandPrefix ?? DEFAULT_PREFIX)
    // After a mention in a group, people leave out the slash; in a private chat each word would be a command.
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

/** Normalises a text: lower case, usual width, without invisible characters. */
function folded(text: string): string {
  return text.replace(HIDDEN, '').normalize('NFKC').toLowerCase()
}

/** Prefix at the start of a text, as it is written there. */
function prefixOf(text: string, prefixes: readonly string[]): string | undefined {
  const prefix = prefixes.find(one => folded(text.slice(0, one.length)) === folded(one))
  return prefix && text.slice(0, prefix.length)
}

/** True for a valid command prefix: with an invisible one, each word would be a command. */
export function isCommandPrefix(text: string): boolean {
  return folded(text) !== '' && !ONE_BLANK.test(text)
}

/** A loop, since a pattern is slow for many blanks. */
function trimmedEnd(text: string): string {
  let end = text.length
  while (end > 0 && ONE_BLANK.test(text.charAt(end - 1))) end--
  return text.slice(0, end)
}
