import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { notingBot } from '../../fixtures/noting-bot.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { turn } from '../../fixtures/turn.ts'
import { createBot } from '../bot/bot.ts'
import type { Context } from '../context/context.ts'
import { testBot } from '../testing/index.ts'
import { defineAction } from './action/action.ts'
import type { Middleware } from './compose/compose.ts'
import { createComposer } from './composer.ts'
import { definePlugin } from './plugin/plugin.ts'

describe('the tree', () => {
  test('filter() passes on what its predicate refuses', async () => {
    const { bot, log, note } = notingBot()
    bot.filter(async ctx => ctx.text === 'yes', note('yes'))
    bot.use(note('after'))
    const alice = testBot(bot).user('Alice')
    await alice.say('yes')
    await alice.say('no')
    expect(log).toEqual(['yes', 'after', 'after'])
  })

  test('filter() takes what untyped predicates return for true or false', async () => {
    const { bot, log, note } = notingBot()
    const predicate: (ctx: Context) => unknown = ctx => ctx.text.match(/yes/)
    bot.filter(predicate as (ctx: Context) => boolean, note('yes'))
    bot.use(note('after'))
    const alice = testBot(bot).user('Alice')
    await alice.say('yes')
    await alice.say('no')
    expect(log).toEqual(['yes', 'after', 'after'])
  })

  test('branch() runs one or the other', async () => {
    const { bot, log, note } = notingBot()
    bot.branch(ctx => ctx.text === 'a', note('a'), createComposer().use(note('b')))
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('x')
    expect(log).toEqual(['a', 'b'])
  })

  test('route() runs the one that is named, else the fallback, else goes on', async () => {
    const { bot, log, note } = notingBot()
    bot.route(ctx => (ctx.text === 'a' ? 'a' : undefined), { a: note('a') }, note('fallback'))
    bot.route(() => undefined, {})
    bot.use(note('end'))
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('x')
    expect(log).toEqual(['a', 'end', 'fallback', 'end'])
  })

  test('route() is not fooled by names that every object has', async () => {
    const { bot, log, note } = notingBot()
    bot.route(ctx => ctx.text, {} as Record<string, never>, note('fallback'))
    await testBot(bot).user('Alice').say('constructor')
    expect(log).toEqual(['fallback'])
  })

  test('lazy() makes the middleware anew for each update', async () => {
    const { bot, log, note } = notingBot()
    bot.lazy(async ctx => [note(ctx.text), createComposer().use(note('!'))])
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('b')
    expect(log).toEqual(['a', '!', 'b', '!'])
  })

  test('derive() adds to the context of its update', async () => {
    const seen: number[] = []
    let count = 0
    const bot = createBot()
      .derive(async () => ({ count: ++count }))
      .on('chatbot', ctx => void seen.push(ctx.count))
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('b')
    expect(seen).toEqual([1, 2])
  })

  test('fork() runs beside the rest, and what it throws reaches bot.catch', async () => {
    const caught: string[] = []
    const { bot, log, note } = notingBot()
    bot.fork(() => Promise.reject(new Error('beside')))
    bot.use(note('rest'))
    bot.catch(error => void caught.push(error.message))
    await testBot(bot).user('Alice').say('hi')
    await bot.stop()
    expect(log).toEqual(['rest'])
    expect(caught).toEqual([expect.stringContaining('beside')])
  })

  test('a feature of another file is mounted with use()', async () => {
    const { bot, log, note } = notingBot()
    const feature = createComposer()
    feature.on('chatbot:text', note('feature'))
    bot.use(note('before'), feature, note('after'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['before', 'feature', 'after'])
  })

  test('a step that does not await next() is told to the logger of the bot, also in a branch and once in lazy()', async () => {
    const logger = recordingLogger()
    const bot = createBot({ logger })
    const slow = async (_ctx: Context, next: () => Promise<void>): Promise<void> => {
      await turn()
      await next()
    }
    bot.on('chatbot').use(function careless(_ctx, next) {
      void next()
    }, slow)
    bot.lazy(() => [
      function hasty(_ctx, next) {
        void next()
      },
      slow,
    ])
    const branching = testBot(bot).user('Alice')
    for (const text of ['a', 'b', 'c']) await branching.say(text)
    await turn()
    expect(logger.complaints.filter(line => line.startsWith('careless ended'))).toHaveLength(1)
    expect(logger.complaints.filter(line => line.startsWith('hasty ended'))).toHaveLength(1)
  })

  test('lazy() tells of twenty steps at most, also of those in composers that it makes', async () => {
    const logger = recordingLogger()
    const bot = createBot({ logger })
    const careless = (name: string): Middleware<Context> =>
      Object.defineProperty((_ctx: Context, next: () => Promise<void>) => void next(), 'name', { value: name })
    bot.lazy(ctx => [createComposer().use(careless(`step-${ctx.text}`), turn)])
    const alice = testBot(bot).user('Alice')
    for (let i = 1; i <= 22; i++) {
      await alice.say(String(i))
      await alice.say(String(i))
    }
    const told = logger.complaints.map(line => line.split(' ')[0])
    expect(told).toEqual(Array.from({ length: 20 }, (_, i) => `step-${i + 1}`))
  })

  test('lazy() may make a single step, and goes on behind what it made', async () => {
    const { bot, log, note } = notingBot()
    bot.lazy(() => note('one'))
    bot.lazy(() => [])
    bot.use(note('end'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['one', 'end'])
  })

  test('branch() and filter() wait for what they ask', async () => {
    const { bot, log, note } = notingBot()
    bot.branch(async () => false, note('yes'), note('no'))
    bot.filter(async () => false, note('never'))
    bot.filter(async () => true).use(note('added'))
    bot.branch(() => true, createComposer().use(note('composer')), note('no'))
    bot.use(note('end'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['no', 'added', 'composer', 'end'])
  })

  test('a method with handlers gives what it was called on, one without gives the branch', async () => {
    const { bot, log, note } = notingBot()
    bot
      .command('go', note('command'))
      .hears('hi', note('hears'))
      .action('ok', note('action'))
      .on('event', note('event'))
    bot.command('go').use(note('go only'))
    bot.hears('hi').use(note('hi only'))
    bot.action('ok').use(note('ok only'))
    bot.action(defineAction('ok', v.unknown())).use(note('defined only'))
    const alice = testBot(bot).user('Alice')
    await alice.say('/go')
    await alice.say('hi')
    await alice.click('card', 'ok')
    expect(log).toEqual(['command', 'go only', 'hears', 'hi only', 'action', 'ok only', 'defined only'])
  })

  test('a plugin in a feature runs its middleware there, one without middleware is passed', async () => {
    const { bot, log, note } = notingBot()
    const quiet = definePlugin<object>({ name: 'quiet', install() {} })
    const loud = definePlugin<object>({ name: 'loud', install() {}, middleware: note('plugin') })
    bot.use(createComposer().use(note('before')).use(quiet).use(loud).use(note('after')))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['before', 'plugin', 'after'])
  })

  test('registering after start() throws and says why', async () => {
    const bot = createBot({ clientId: '', clientSecret: '' }).on('chatbot', () => {})
    await bot.start().catch(() => {})
    expect(() => bot.use(() => {})).toThrow(/too late.*Register everything before start/s)
  })

  test('registering after the first update throws and says why', async () => {
    const bot = createBot().use((_ctx, next) => next())
    const branch = bot.on('chatbot')
    await testBot(bot).user('Alice').say('hi')
    expect(() => bot.on('chatbot', () => {})).toThrow(/too late.*before start/s)
    expect(() => branch.use(() => {})).toThrow(/too late/)
  })
})
