import type { Context } from '../context/context.ts'
import type { Message, TextMessage } from '../message/message.ts'
import { TOPICS } from '../update/update.ts'

/** What each query promises about the context. */
export interface Narrowings {
  chatbot: { readonly message: Message }
  'chatbot:text': { readonly message: TextMessage }
}

/** What `on` takes. */
export type FilterQuery = keyof Narrowings

/** The context as a handler of the query sees it: `Filter<Context, 'chatbot:text'>['message'].text.content`. */
export type Filter<C, Q extends FilterQuery> = C & Narrowings[Q]

interface Rule {
  /** The stream topic that must be subscribed. */
  readonly topic: string
  readonly matches: (ctx: Context) => boolean
}

const RULES: { readonly [Q in FilterQuery]: Rule } = {
  chatbot: { topic: TOPICS.chatbot, matches: ctx => ctx.update.kind === 'chatbot' },
  'chatbot:text': {
    topic: TOPICS.chatbot,
    matches: ctx => ctx.update.kind === 'chatbot' && ctx.message?.msgtype === 'text',
  },
}

export interface CompiledFilter<C extends Context, Q extends FilterQuery> {
  readonly topics: readonly string[]
  readonly matches: (ctx: C) => ctx is Filter<C, Q>
}

/**
 * Checks queries when they are registered, not when the first message comes.
 * @throws Error that lists what is permitted.
 */
export function compileFilter<C extends Context, Q extends FilterQuery>(query: Q | readonly Q[]): CompiledFilter<C, Q> {
  const rules = [query].flat().map(name => {
    const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined
    if (!rule)
      throw new Error(
        `on('${name}') would never match: there is no such query. Permitted: ${Object.keys(RULES).join(', ')}.`,
      )
    return rule
  })
  return {
    topics: [...new Set(rules.map(rule => rule.topic))],
    matches: (ctx): ctx is Filter<C, Q> => rules.some(rule => rule.matches(ctx)),
  }
}
