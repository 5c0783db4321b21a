import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { notingBot } from '../../fixtures/noting-bot.ts'
import { createBot } from '../bot/bot.ts'
import { testBot } from '../testing/index.ts'
import { createUpdate, TOPICS } from '../updates/update.ts'
import { defineAction } from './action/action.ts'
import { createComposer } from './composer.ts'

describe('on()', () => {
  test('runs its handlers for what matches and passes on the rest', async () => {
    const { bot, log, note } = notingBot()
    bot.on('chatbot:picture', note('picture')).on('chatbot:text', note('text')).on('chatbot', note('any'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['text', 'any'])
  })

  test('takes several queries', async () => {
    const { bot, log, note } = notingBot()
    bot.on(['chatbot:picture', 'chatbot:text'], note('one of them'))
    const alice = testBot(bot).user('Alice')
    await alice.say('hi')
    await alice.send({ msgtype: 'picture', content: { downloadCode: 'c' } })
    await alice.send({ msgtype: 'audio', content: { downloadCode: 'c' } })
    expect(log).toEqual(['one of them', 'one of them'])
  })

  test('event:<type> runs for events of that type only', async () => {
    const { bot, log, note } = notingBot()
    bot.on('event:user_add_org', note('joined')).on('event', note('any'))
    const { event } = testBot(bot)
    await event('user_add_org', { userId: ['1'] })
    await event('check_in', {})
    expect(log).toEqual(['joined', 'any', 'any'])
  })

  test.each(['chatbot:txt', 'events', 'event:', 'topic:', '', 'constructor'])(
    '%j throws when it is registered, and lists what is permitted',
    query => {
      const on = (): unknown => createComposer().on(query as 'chatbot', () => {})
      expect(on).toThrow(/no such query.*Permitted: chatbot, .*chatbot:picture.*event:<type>/)
    },
  )

  test('an empty list is refused when it is registered: it would never run', () => {
    const composer = createComposer()
    const add = [
      () => composer.on([], () => {}),
      () => composer.command([], () => {}),
      () => composer.hears([], () => {}),
      () => composer.action([], () => {}),
    ]
    for (const one of add) expect(one).toThrow(/would never run/)
  })

  test('topic:<stream topic> runs for what came on that topic', async () => {
    const { bot, log, note } = notingBot()
    bot.on('topic:/v1.0/a', note('a')).on('topic:/v1.0/b', note('b'))
    await bot.handle(createUpdate('/v1.0/b', {}))
    expect(log).toEqual(['b'])
  })

  test('a raw topic that has a kind of its own is refused, with the query to use', () => {
    expect(() => createBot().on('topic:/v1.0/im/bot/messages/get', () => {})).toThrow(/on\('chatbot'\)/)
  })
})

describe('command()', () => {
  test.each([
    ['/weather 杭州 今天', '杭州 今天'],
    ['/weather', ''],
    ['/weather\n杭州', '杭州'],
  ])('%j runs it with the arguments %j', async (text, args) => {
    const seen: string[] = []
    const bot = createBot().command('weather', ctx => void seen.push(ctx.args))
    await testBot(bot).user('Alice').say(text)
    expect(seen).toEqual([args])
  })

  test.each(['weather 杭州', 'a /weather', '/weatherman', '/ weather'])(
    '%j in a private chat does not run it',
    async text => {
      const { bot, log, note } = notingBot()
      bot.command('weather', note('ran'))
      await testBot(bot).user('Alice').say(text)
      expect(log).toEqual([])
    },
  )

  test('in a group the slash may be left out after the mention', async () => {
    const seen: string[] = []
    const bot = createBot().command(['weather', '天气'], ctx => void seen.push(`${ctx.command}:${ctx.args}`))
    await testBot(bot).user('Alice').in('Team').say(' 天气 杭州')
    expect(seen).toEqual(['天气:杭州'])
  })

  test('is for messages to the bot, not for those it answers on behalf of a person', async () => {
    const { bot, log, note } = notingBot()
    bot.command('weather', note('ran'))
    await bot.handle(createUpdate(TOPICS.delegate, { msgtype: 'text', text: { content: '/weather' } }))
    expect(log).toEqual([])
  })

  test('a name that nobody could write is refused when it is registered', () => {
    expect(() => createBot().command('/help')).toThrow(/would never match/)
    expect(() => createBot().command('two words')).toThrow(/would never match/)
  })
})

describe('hears()', () => {
  test('takes whole texts and patterns, and gives what matched', async () => {
    const seen: unknown[] = []
    const bot = createBot().hears(['hi', /^order (\d+)$/g], ctx => void seen.push(ctx.match[1] ?? ctx.match[0]))
    const alice = testBot(bot).user('Alice')
    for (const text of ['hi', 'order 7', 'order 8', 'hi there']) await alice.say(text)
    expect(seen).toEqual(['hi', '7', '8'])
  })
})

describe('action()', () => {
  test('runs for clicks on its button', async () => {
    const seen: unknown[] = []
    const bot = createBot()
      .action(['approve', /^item-(\d+)$/], ctx => void seen.push(ctx.match[0]))
      .on('card', () => void seen.push('other'))
    const alice = testBot(bot).user('Alice')
    for (const id of ['approve', 'item-3', 'reject']) await alice.click('card-1', id)
    expect(seen).toEqual(['approve', 'item-3', 'other'])
  })

  test.each(['step', defineAction('step', v.unknown())])(
    'of a feature that is mounted is known by its id, so that a number may be appended to it (%o)',
    async action => {
      const seen: unknown[] = []
      const feature = createComposer()
      if (typeof action === 'string') feature.action(['other', action], ctx => void seen.push(ctx.callback.button))
      else feature.action(action, ctx => void seen.push(ctx.callback.button))
      await testBot(createBot().use(createComposer().use(feature)))
        .user('Alice')
        .click('card-1', 'step7')
      expect(seen).toEqual([{ id: 'step7', baseId: 'step', index: 7 }])
    },
  )

  test('looks at the id as it came first, then at the id without its number', async () => {
    const seen: unknown[] = []
    const bot = createBot().action([/^item$/, /^item_1$/], ctx => void seen.push(ctx.match[0]))
    const alice = testBot(bot).user('Alice')
    for (const id of ['item_1', 'item_2']) await alice.click('card-1', id)
    expect(seen).toEqual(['item_1', 'item'])
  })

  test('runs for no click that does not tell its button, and for no message', async () => {
    const { bot, log, note } = notingBot()
    bot.action(/.*/, note('ran')).use(note('after'))
    await bot.handle(createUpdate(TOPICS.card, { outTrackId: 'card-1', content: '{}' }))
    await testBot(bot).user('Alice').say('ok')
    expect(log).toEqual(['after', 'after'])
  })
})
