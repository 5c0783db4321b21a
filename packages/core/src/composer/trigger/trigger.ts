import { isRegExp } from 'node:util/types'
import { kindOf } from '@dingware/transport'
import type { Filter } from '../../context/filter/filter.ts'
import { someOf } from '../../context/filter/some-of.ts'

/** A whole text, or a pattern that the text matches. */
export type Trigger = string | RegExp

/** The id of a card button, or a pattern for it. */
export type ActionTrigger = Trigger | readonly Trigger[]

export type CommandContext<C> = Filter<C, 'chatbot'> & {
  /** What follows the name of the command, trimmed. */
  readonly args: string
  /** The name, as it was given to `command()`. */
  readonly command: string
}

export type HearsContext<C, T extends Trigger = Trigger> = Filter<C, 'chatbot'> & {
  readonly match: MatchOf<T>
}

export type ActionContext<C, T extends Trigger = Trigger> = Filter<C, 'card'> & {
  /** The id of the button that was clicked. */
  readonly match: MatchOf<T>
}

/** What matched: the groups of a pattern, or the whole text. */
export type Match = RegExpMatchArray | readonly [string]

/** What matches such a trigger: groups come from patterns only. */
export type MatchOf<T extends Trigger> = T extends RegExp ? RegExpMatchArray : readonly [string]

/** Looks at a text: gives what matched, or nothing. */
export type Matcher = (text: string) => Match | undefined

/** One function of several triggers; the first that matches counts. */
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
  // A global or sticky pattern remembers where it stopped; each text is to be looked at from its start.
  const pattern = new RegExp(trigger.source, trigger.flags.replace(/[gy]/g, ''))
  return text => pattern.exec(text) ?? undefined
}
