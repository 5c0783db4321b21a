import { isRegExp } from 'node:util/types'
import { kindOf } from '@dingware/transport'
import type { Filter } from '../../context/filter/filter.ts'
import { someOf } from '../../context/filter/some-of.ts'

/** Trigger of `hears` and `action`: the whole text, or a pattern that it matches. */
export type Trigger = string | RegExp

/** Id of a card button, or a pattern for it, or a list of these. */
export type ActionTrigger = Trigger | readonly Trigger[]

/** Context of a handler of `bot.command`: that of a message, plus the command and its arguments. */
export type CommandContext<C> = Filter<C, 'chatbot'> & {
  /** Text after the command, trimmed. */
  readonly args: string
  /** Name of the command, as passed to `command()`. */
  readonly command: string
}

/** Context of a handler of `bot.hears`: that of a message, plus the match. */
export type HearsContext<C, T extends Trigger = Trigger> = Filter<C, 'chatbot'> & {
  /** Result of the match: an array with the groups of the pattern, or with the text. */
  readonly match: MatchOf<T>
}

/** Context of a handler of `bot.action` with an id or pattern: that of a click, plus the match. */
export type ActionContext<C, T extends Trigger = Trigger> = Filter<C, 'card'> & {
  /** Result of the match with the button's id: an array with the groups of the pattern, or with the id. */
  readonly match: MatchOf<T>
}

/** Result of a trigger: the groups of a pattern, or the whole text. */
export type Match = RegExpMatchArray | readonly [string]

/** Type of `ctx.match` by type of trigger: only patterns have groups. */
export type MatchOf<T extends Trigger> = T extends RegExp ? RegExpMatchArray : readonly [string]

/** Matches a text; `undefined` if it does not match. */
export type Matcher = (text: string) => Match | undefined

/** Combines several triggers; the first one that matches counts. */
export function matcherOf(triggers: Trigger | readonly Trigger[]): Matcher {
  const matchers = someOf(triggers).map(single)
  return text => {
    for (const matcher of matchers) {
      const match = matcher(text)
      if (match) return match
    }
    return undefined
  }
}

function single(trigger: Trigger): Matcher {
  if (typeof trigger === 'string') return text => (text === trigger ? [text] : undefined)
  if (!isRegExp(trigger)) {
    throw new TypeError(
      `A trigger is neither a text nor a pattern but ${kindOf(trigger)}: it would never match. Pass a string or a RegExp first, then the handlers.`,
    )
  }
  // Global and sticky patterns keep their position between texts, so they are copied without these flags.
  const pattern = new RegExp(trigger.source, trigger.flags.replace(/[gy]/g, ''))
  return text => pattern.exec(text) ?? undefined
}
