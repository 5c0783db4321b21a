import { kindOf } from '@dingware/transport'
import { MSGTYPES } from '../../updates/message/message.ts'
import { TOPICS } from '../../updates/update.ts'
import type { Context } from '../context.ts'

export interface CompiledRule {
  readonly topic: string
  readonly matches: (ctx: Context) => boolean
}

const rule = (topic: string, matches: CompiledRule['matches']): CompiledRule => ({ topic, matches })

const isChatbot = (ctx: Context): boolean => ctx.update.kind === 'chatbot'

/** Queries without a variable part. */
const PLAIN: ReadonlyMap<string, CompiledRule> = new Map([
  ...Object.entries(TOPICS).map(([kind, topic]) => [kind, rule(topic, ctx => ctx.update.kind === kind)] as const),
  ...MSGTYPES.map(
    type => [`chatbot:${type}`, rule(TOPICS.chatbot, ctx => isChatbot(ctx) && ctx.message?.msgtype === type)] as const,
  ),
  ['chatbot:quoted', rule(TOPICS.chatbot, ctx => isChatbot(ctx) && ctx.quoted !== undefined)],
])

/** @throws Error for an unknown query, with a list of those that exist. */
export function compileQuery(query: string): CompiledRule {
  if (typeof query !== 'string') throw new TypeError(noQuery(query))
  const plain = PLAIN.get(query)
  if (plain) return plain
  const [prefix, rest] = split(query)
  if (prefix === 'event' && rest) {
    return { topic: TOPICS.event, matches: ctx => ctx.update.kind === 'event' && ctx.event?.type === rest }
  }
  if (prefix === 'topic' && rest) return topicRule(rest)
  const permitted = [...PLAIN.keys(), 'event:<type>', 'topic:<stream topic>'].join(', ')
  throw new Error(`on('${query}') would never match: there is no such query. Permitted: ${permitted}.`)
}

function noQuery(value: unknown): string {
  return `on() would never match: a query is a text such as 'chatbot:text', not ${kindOf(value)}. Put the query first, then its handlers.`
}

function topicRule(topic: string): CompiledRule {
  const kind = Object.entries(TOPICS).find(([, known]) => known === topic)?.[0]
  if (kind) throw new Error(`on('topic:${topic}') has a query of its own: on('${kind}').`)
  return { topic, matches: ctx => ctx.update.topic === topic }
}

function split(query: string): readonly [prefix: string, rest: string] {
  const colon = query.indexOf(':')
  return colon < 0 ? [query, ''] : [query.slice(0, colon), query.slice(colon + 1)]
}
