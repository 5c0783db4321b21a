import type { CardCallback } from '../../updates/callback/callback.ts'
import type { EventInfo } from '../../updates/event/event.ts'
import type { EventPayloads } from '../../updates/event/payloads.ts'
import type { Message, MessageByType } from '../../updates/message/message.ts'
import type { Quoted } from '../../updates/message/quoted.ts'
import type { DynamicDataRequest } from '../../updates/request/dynamic-data.ts'
import type { GraphRequest } from '../../updates/request/graph.ts'
import { type CompiledRule, compileQuery, type Filterable } from './rules.ts'
import { someOf } from './some-of.ts'

/** What each plain query promises about the context. */
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
 * What `on` takes: a kind (`chatbot`, `delegate`, `card`, `event`, `graph`, `dynamicData`), `chatbot:<msgtype>`,
 * `chatbot:quoted`, `event:<type>`, or `topic:<stream topic>` for one that has no kind.
 */
export type FilterQuery =
  | keyof Narrowings
  | `chatbot:${keyof MessageByType}`
  | `event:${keyof EventPayloads & string}`
  // Not absorbed into one template: editors complete the event types that are known.
  | (`event:${string}` & {})
  | `topic:${string}`

type Narrowed<Q extends FilterQuery> = Q extends keyof Narrowings
  ? Narrowings[Q]
  : Q extends `chatbot:${infer T extends keyof MessageByType}`
    ? { readonly message: MessageByType[T] }
    : Q extends `event:${infer T}`
      ? { readonly event: EventInfo<T> }
      : unknown

/** The context as a handler of the query sees it: `Filter<Context, 'chatbot:text'>['message'].text.content`. */
export type Filter<C, Q extends FilterQuery> = C & Narrowed<Q>

export interface CompiledFilter<C extends Filterable, Q extends FilterQuery> {
  /** Stream topics that must be subscribed. */
  readonly topics: readonly string[]
  readonly matches: (ctx: C) => ctx is Filter<C, Q>
}

/**
 * Checks queries when they are registered, not when the first message comes.
 * @throws Error that lists what is permitted.
 */
export function compileFilter<C extends Filterable, Q extends FilterQuery>(
  query: Q | readonly Q[],
): CompiledFilter<C, Q> {
  const rules: readonly CompiledRule[] = someOf<string>(query).map(compileQuery)
  return {
    topics: [...new Set(rules.map(rule => rule.topic))],
    matches: (ctx): ctx is Filter<C, Q> => rules.some(rule => rule.matches(ctx)),
  }
}
