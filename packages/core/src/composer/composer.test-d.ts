import { expectTypeOf, test } from 'vitest'
import { type Bot, createBot } from '../bot/bot.ts'
import type { Context } from '../context/context.ts'
import type { Filter } from '../context/filter/filter.ts'
import type { Message } from '../updates/message/message.ts'
import { type Composer, createComposer } from './composer.ts'
import { definePlugin, type Plugin } from './plugin/plugin.ts'

interface Clock {
  now(): number
}
interface Stopwatch {
  elapsed(): number
}

const clock = definePlugin<Clock>({ name: 'clock', install: host => host.decorate({ now: () => 0 }) })
const stopwatch = definePlugin<Stopwatch, Context & Clock>({
  name: 'stopwatch',
  install: host =>
    host.decorate({
      elapsed() {
        return this.now()
      },
    }),
})

test('plugins accumulate through chaining', () => {
  const bot = createBot().use(clock).use(stopwatch)
  expectTypeOf(bot).toEqualTypeOf<Bot<Context & Clock & Stopwatch>>()
  bot.use(ctx => expectTypeOf(ctx.elapsed()).toBeNumber())
  bot.on('chatbot', ctx => expectTypeOf(ctx.now()).toBeNumber())
})

test('a helper of a plugin that is not installed is unknown', () => {
  createBot().use(ctx => {
    // @ts-expect-error: no clock here
    ctx.now()
  })
})

test('a plugin whose needs are not met is refused', () => {
  // @ts-expect-error: the stopwatch needs the clock
  createBot().use(stopwatch)
})

test('a plugin comes from definePlugin only', () => {
  // @ts-expect-error: an object that looks like one is none
  const forged: Plugin<Clock> = { name: 'clock' }
  expectTypeOf(forged).toExtend<Plugin<Clock>>()
})

test('a feature that needs a plugin fits only where the plugin is installed', () => {
  const feature = createComposer<Context & Clock>()
  createBot().use(clock).use(feature)
  // @ts-expect-error: the feature needs the clock
  createBot().use(feature)
})

test('a feature may need less than the bot has', () => {
  createBot().use(clock).use(createComposer())
})

test('plain middleware keeps the type of the chain', () => {
  const bot = createBot().use(clock)
  expectTypeOf(bot.use((_ctx, next) => next())).toEqualTypeOf<typeof bot>()
  expectTypeOf(bot.on('chatbot', () => {})).toEqualTypeOf<typeof bot>()
})

test('a query narrows the context', () => {
  const bot = createBot()
  bot.on('chatbot', ctx => expectTypeOf(ctx.message).toExtend<Message>())
  bot.on('chatbot:text', ctx => expectTypeOf(ctx.message.text.content).toBeString())
  bot.on(['chatbot', 'chatbot:text'], ctx => expectTypeOf(ctx.message).toExtend<Message>())
  expectTypeOf(bot.on('chatbot:text')).toEqualTypeOf<Composer<Filter<Context, 'chatbot:text'>>>()
  bot.use(ctx => {
    // @ts-expect-error: without a query there may be no message
    ctx.message.msgtype
    if (ctx.has('chatbot:text')) expectTypeOf(ctx.message.text.content).toBeString()
  })
})

test('a query that does not exist is refused', () => {
  // @ts-expect-error: no such query
  createBot().on('chatbot:txt', () => {})
})

test('a handler may live elsewhere, as a plain function', () => {
  const handler = (ctx: Filter<Context, 'chatbot:text'>): string => ctx.message.text.content
  createBot().on('chatbot:text', handler)
  // @ts-expect-error: it needs the text that this query does not promise
  createBot().on('chatbot', handler)
})
