import { checkOptions, type Rules, rule } from '@dingware/transport'
import { expectTypeOf, test } from 'vitest'
import type { BotError } from '../context/bot-error.ts'
import type { Context } from '../context/context.ts'
import { createUpdate, type Reply, TOPICS, type Update } from '../updates/update.ts'
import { type Bot, type BotStats, createBot } from './bot.ts'

test('createBot() takes options, all of which are optional', () => {
  expectTypeOf(createBot()).toEqualTypeOf<Bot<Context>>()
  createBot({ clientId: undefined, ack: { chatbot: 'late', event: 'early' }, concurrency: 5 })
  // @ts-expect-error: there is no such option
  createBot({ clientID: 'x' })
  // @ts-expect-error: an ack is early or late
  createBot({ ack: { chatbot: 'never' } })
  // @ts-expect-error: a logger has four levels
  createBot({ logger: { info() {} } })
})

test('bot.catch() gets a BotError with the context of the bot', () => {
  const bot = createBot().derive(() => ({ user: 'x' }))
  bot.catch(error => {
    expectTypeOf(error).toExtend<BotError>()
    expectTypeOf(error.ctx.user).toBeString()
    expectTypeOf(error.cause).toBeUnknown()
  })
  // @ts-expect-error: a handler of errors is a function
  bot.catch('log')
})

test('the life of a bot', () => {
  const bot = createBot()
  expectTypeOf(bot.start({ signal: AbortSignal.timeout(1) })).toEqualTypeOf<Promise<void>>()
  expectTypeOf(bot.stop({ timeout: 1 })).toEqualTypeOf<Promise<void>>()
  expectTypeOf(bot.stats()).toEqualTypeOf<BotStats>()
  expectTypeOf(bot).toExtend<AsyncDisposable>()
  bot.onState(state => expectTypeOf(state).toEqualTypeOf<Bot['state']>())
  // @ts-expect-error: the timeout is an option
  bot.stop(1)
  // @ts-expect-error: a state is read, not set
  bot.state = 'online'
})

test('handle() takes an update and gives what is answered', () => {
  const update = createUpdate(TOPICS.chatbot, {})
  expectTypeOf(update).toEqualTypeOf<Update>()
  expectTypeOf(createBot().handle(update)).toEqualTypeOf<Promise<Reply>>()
  // @ts-expect-error: a payload is no update
  createBot().handle({ msgtype: 'text' })
  // @ts-expect-error: an update has a topic
  createUpdate({ msgtype: 'text' })
})

test('checkOptions() takes a rule for each option', () => {
  interface Options {
    readonly size?: number
  }
  expectTypeOf(checkOptions<Options>('clock', { size: 1 }, { size: rule.count(1) })).toBeVoid()
  // @ts-expect-error: a rule is missing
  const rules: Rules<Options> = {}
  checkOptions<Options>('clock', {}, rules)
})
