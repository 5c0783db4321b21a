import type { CardCallback } from '../../updates/callback/callback.ts'
import type { EventInfo } from '../../updates/event/event.ts'
import type { EventPayloads } from '../../updates/event/payloads.ts'
import type { Message, MessageByType } from '../../updates/message/message.ts'
import type { Quoted } from '../../updates/message/quoted.ts'
import type { DynamicDataRequest } from '../../updates/request/dynamic-data.ts'
import type { GraphRequest } from '../../updates/request/graph.ts'
import { type CompiledRule, compileQuery, type Filterable } from './rules.ts'
import { someOf } from './some-of.ts'

/** Properties of the context that each plain query narrows. */
interface Narrowings {
  chatbot: { readonly message: Message }
  'chatbot:quoted': { readonly message: Message; readonly quoted: Quoted }
  delegate: { readonly message: Message }
  card: { readonly callback: CardCallback }
  event: { readonly event: EventInfo }
  graph: { readonly request: GraphRequest }
  dynamicData: { readonly request: DynamicDataRequest }
}

/**
 * Filter query of `bot.on` and `ctx.has`: a kind of update (`chatbot`, `delegate`, `card`, `event`, `graph`,
 * `dynamicData`), a message type (`chatbot:text`, …), `chatbot:quoted`, an event type (`event:user_add_org`, …), or
 * `topic:<stream topic>` for a topic that has no kind.
 */
export type FilterQuery =
  | keyof Narrowings
  | `chatbot:${keyof MessageByType}`
  | `event:${keyof EventPayloads & string}`
  // Kept apart from the templates, so that editors complete the known event types.
  | (`event:${string}` & {})
  | `topic:${string}`

type Narrowed<Q extends FilterQuery> = Q extends keyof Narrowings
  ? Narrowings[Q]
  : Q extends `chatbot:${infer T extends keyof MessageByType}`
    ? { readonly message: MessageByType[T] }
    : Q extends `event:${infer T}`
      ? { readonly event: EventInfo<T> }
      : unknown

/**
 * Type of the context in a handler of a query. For handlers that are declared elsewhere.
 *
 * @example
 * async function onPicture(ctx: Filter<Context, 'chatbot:picture'>) {
 *   await ctx.replyText(ctx.message.msgtype)
 * }
 * bot.on('chatbot:picture', onPicture)
 */
export type Filter<C, Q extends FilterQuery> = C & Narrowed<Q>

export interface CompiledFilter<C extends Filterable, Q extends FilterQuery> {
  /** Stream topics that have to be subscribed. */
  readonly topics: readonly string[]
  readonly matches: (ctx: C) => ctx is Filter<C, Q>
}

/**
 * Compiles queries, and so checks them when they are registered rather than at the first message.
 * @throws Error for an unknown query, with a list of those that exist.
 */
export function compileFilter<C extends Filterable, Q extends FilterQuery>(
  query: Q | readonly Q[],
): CompiledFilter<C, Q> {
  const rules: readonly CompiledRule[] = someOf<string>(query).map(compileQuery)
  const [only, ...others] = rules
  const matches = only && others.length === 0 ? only.matches : (ctx: C) => rules.some(rule => rule.matches(ctx))
  return {
    topics: [...new Set(rules.map(rule => rule.topic))],
    matches: (ctx): ctx is Filter<C, Q> => matches(ctx),
  }
}
