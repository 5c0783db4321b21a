import { expectTypeOf, test } from 'vitest'
import { createBot } from '../bot/bot.ts'
import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import type { Filter, FilterQuery } from '../context/filter/filter.ts'
import type { CardCallback } from '../updates/callback/callback.ts'
import type { EventInfo } from '../updates/event/event.ts'
import type { Message } from '../updates/message/message.ts'
import type { DynamicDataRequest } from '../updates/request/dynamic-data.ts'
import type { GraphRequest } from '../updates/request/graph.ts'
import { type Composer, createComposer } from './composer.ts'
import type { CommandContext, HearsContext, Match } from './trigger/trigger.ts'

const bot = createBot()

test('each query narrows the context', () => {
  bot.on('chatbot:picture', ctx => expectTypeOf(ctx.message.content.downloadCode).toBeString())
  bot.on('chatbot:quoted', ctx => expectTypeOf(ctx.quoted.msgtype).toBeString())
  bot.on('delegate', ctx => expectTypeOf(ctx.message).toExtend<Message>())
  bot.on('card', ctx => expectTypeOf(ctx.callback).toEqualTypeOf<CardCallback>())
  bot.on('event', ctx => expectTypeOf(ctx.event).toExtend<EventInfo>())
  bot.on('event:user_add_org', ctx => expectTypeOf(ctx.event.type).toEqualTypeOf<'user_add_org'>())
  bot.on('event:made_up_by_the_platform', ctx => expectTypeOf(ctx.event.type).toBeString())
  bot.on('graph', ctx => expectTypeOf(ctx.request).toExtend<GraphRequest>())
  bot.on('dynamicData', ctx => expectTypeOf(ctx.request).toExtend<DynamicDataRequest>())
  bot.on('topic:/v1.0/x', ctx => expectTypeOf(ctx.message).toEqualTypeOf<Message | undefined>())
})

test('what a query does not promise is not there', () => {
  // @ts-expect-error: a picture has no text
  bot.on('chatbot:picture', ctx => ctx.message.text.content)
  // @ts-expect-error: a message is no click
  bot.on('chatbot', ctx => ctx.callback.outTrackId)
  // @ts-expect-error: one of several queries may be the one without text
  bot.on(['chatbot:text', 'chatbot:picture'], ctx => ctx.message.text.content)
  // @ts-expect-error: a raw topic promises nothing
  bot.on('topic:/v1.0/x', ctx => ctx.message.msgtype)
  // @ts-expect-error: a query is a text
  bot.on(7, () => {})
})

test('Filter names the context of a query', () => {
  expectTypeOf<Filter<Context, 'chatbot:text'>['message']['text']['content']>().toBeString()
  expectTypeOf<'chatbot:picture'>().toExtend<FilterQuery>()
  // @ts-expect-error: there is no such query
  expectTypeOf<Filter<Context, 'chatbot:hologram'>>()
})

test('command() adds what follows the name, hears() and action() what matched', () => {
  bot.command('a', ctx => {
    expectTypeOf(ctx).toEqualTypeOf<CommandContext<Context>>()
    expectTypeOf(ctx.args).toBeString()
  })
  bot.command(['a', 'b']).use(ctx => expectTypeOf(ctx.command).toBeString())
  bot.hears(/a(?<x>.)/, ctx => expectTypeOf(ctx.match).toEqualTypeOf<RegExpMatchArray>())
  bot.hears(/a(?<x>.)/).use(ctx => expectTypeOf(ctx.match.groups?.x).toEqualTypeOf<string | undefined>())
  bot.hears('a', ctx => expectTypeOf(ctx.match).toEqualTypeOf<readonly [string]>())
  bot.hears(['a', 'b'], ctx => expectTypeOf(ctx.match).toEqualTypeOf<readonly [string]>())
  bot.hears(['a', /b/], ctx => expectTypeOf(ctx.match).toEqualTypeOf<Match>())
  bot.hears(/a/, (ctx: HearsContext<Context>) => expectTypeOf(ctx.match).toEqualTypeOf<Match>())
  bot.action(/^vote:(.+)$/, ctx => expectTypeOf(ctx.match).toEqualTypeOf<RegExpMatchArray>())
  bot.hears(['a', /b/]).use(ctx => expectTypeOf(ctx.message).toExtend<Message>())
  bot.action('ok', ctx => expectTypeOf(ctx.callback.params).toExtend<object>())
  // @ts-expect-error: a text has no groups
  bot.hears('a', ctx => ctx.match.groups)
  // @ts-expect-error: one of the triggers is a text, and has no groups
  bot.hears(['a', /b/], ctx => ctx.match.groups)
  // @ts-expect-error: a trigger is a text or a pattern
  bot.hears(7, () => {})
  // @ts-expect-error: commands have names, not patterns
  bot.command(/a/, () => {})
  // @ts-expect-error: only a command has arguments
  bot.hears('a', ctx => ctx.args)
  // @ts-expect-error: a click has no message
  bot.action('ok', ctx => ctx.message.msgtype)
})

test('with handlers a method is chainable, without it gives the branch', () => {
  expectTypeOf(bot.on('chatbot', () => {}).start).toBeFunction()
  expectTypeOf(bot.command('a')).toEqualTypeOf<Composer<CommandContext<Context>>>()
  // @ts-expect-error: a branch cannot be started
  bot.on('chatbot').start()
})

test('derive() adds what it returns, also a promise of it', () => {
  bot
    .derive(() => ({ one: 1 }))
    .derive(async ctx => ({ two: ctx.one + 1 }))
    .use(ctx => expectTypeOf(ctx.two).toBeNumber())
  // @ts-expect-error: it adds an object
  bot.derive(() => 7)
})

test('filter() narrows by a type predicate', () => {
  const hasTitle = (ctx: Context): ctx is Context & { readonly chat: { readonly title: string } } =>
    ctx.chat?.title !== undefined
  bot.filter(hasTitle, ctx => expectTypeOf(ctx.chat.title).toBeString())
  bot.filter(hasTitle).use(ctx => expectTypeOf(ctx.chat.title).toBeString())
  expectTypeOf(bot.filter(async () => true)).toEqualTypeOf<Composer<Context>>()
  // @ts-expect-error: a predicate says yes or no
  bot.filter(() => 'yes')
})

test('branch(), route(), fork(), lazy() and errorBoundary() keep the context', () => {
  bot.branch(
    () => true,
    createComposer(),
    ctx => expectTypeOf(ctx).toEqualTypeOf<Context>(),
  )
  bot.route(() => 'a' as const, { a: ctx => expectTypeOf(ctx.text).toBeString() })
  bot.fork(ctx => expectTypeOf(ctx).toEqualTypeOf<Context>())
  bot.lazy(async () => [createComposer(), () => {}])
  bot.errorBoundary(error => expectTypeOf(error).toEqualTypeOf<BotError<Context>>())
  // @ts-expect-error: both sides are needed
  bot.branch(
    () => true,
    () => {},
  )
  // @ts-expect-error: a route that the router may name is missing
  bot.route(() => 'b' as 'a' | 'b', { a: () => {} })
  // @ts-expect-error: middleware is a function or a composer
  bot.lazy(() => 'step')
  // @ts-expect-error: the error of a boundary is a BotError
  bot.errorBoundary((error: string) => error)
})

test('createComposer() makes a feature for a context', () => {
  expectTypeOf(createComposer()).toEqualTypeOf<Composer<Context>>()
  // @ts-expect-error: a context is more than this
  createComposer<{ readonly text: string }>()
})
