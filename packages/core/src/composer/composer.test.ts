import { describe, expect, test } from 'vitest'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { turn } from '../../fixtures/turn.ts'
import { createBot } from '../bot/bot.ts'
import type { Context } from '../context/context.ts'
import { BotError } from '../errors/bot-error.ts'
import { testBot } from '../testing/index.ts'
import { createUpdate, TOPICS } from '../update/update.ts'
import { createComposer } from './composer.ts'

/** A bot that writes down what ran. */
function setUp(): {
  readonly bot: ReturnType<typeof createBot>
  readonly log: string[]
  readonly note: (text: string) => (ctx: Context, next: () => Promise<void>) => Promise<void>
} {
  const log: string[] = []
  const note = (text: string) => async (_ctx: Context, next: () => Promise<void>) => {
    log.push(text)
    await next()
  }
  return { bot: createBot(), log, note }
}

describe('on()', () => {
  test('runs its handlers for what matches and passes on the rest', async () => {
    const { bot, log, note } = setUp()
    bot.on('chatbot:picture', note('picture')).on('chatbot:text', note('text')).on('chatbot', note('any'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual(['text', 'any'])
  })

  test('takes several queries', async () => {
    const { bot, log, note } = setUp()
    bot.on(['chatbot:picture', 'chatbot:text'], note('one of them'))
    const alice = testBot(bot).user('Alice')
    await alice.say('hi')
    await alice.send({ msgtype: 'picture', content: { downloadCode: 'c' } })
    await alice.send({ msgtype: 'audio', content: { downloadCode: 'c' } })
    expect(log).toEqual(['one of them', 'one of them'])
  })

  test('event:<type> runs for events of that type only', async () => {
    const { bot, log, note } = setUp()
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
    const { bot, log, note } = setUp()
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
      const { bot, log, note } = setUp()
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
    const { bot, log, note } = setUp()
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
})

describe('the tree', () => {
  test('filter() passes on what its predicate refuses', async () => {
    const { bot, log, note } = setUp()
    bot.filter(async ctx => ctx.text === 'yes', note('yes'))
    bot.use(note('after'))
    const alice = testBot(bot).user('Alice')
    await alice.say('yes')
    await alice.say('no')
    expect(log).toEqual(['yes', 'after', 'after'])
  })

  test('branch() runs one or the other', async () => {
    const { bot, log, note } = setUp()
    bot.branch(ctx => ctx.text === 'a', note('a'), createComposer().use(note('b')))
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('x')
    expect(log).toEqual(['a', 'b'])
  })

  test('route() runs the one that is named, else the fallback, else goes on', async () => {
    const { bot, log, note } = setUp()
    bot.route(ctx => (ctx.text === 'a' ? 'a' : undefined), { a: note('a') }, note('fallback'))
    bot.route(() => undefined, {})
    bot.use(note('end'))
    const alice = testBot(bot).user('Alice')
    await alice.say('a')
    await alice.say('x')
    expect(log).toEqual(['a', 'end', 'fallback', 'end'])
  })

  test('route() is not fooled by names that every object has', async () => {
    const { bot, log, note } = setUp()
    bot.route(ctx => ctx.text, {} as Record<string, never>, note('fallback'))
    await testBot(bot).user('Alice').say('constructor')
    expect(log).toEqual(['fallback'])
  })

  test('lazy() makes the middleware anew for each update', async () => {
    const { bot, log, note } = setUp()
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
    const { bot, log, note } = setUp()
    bot.fork(() => Promise.reject(new Error('beside')))
    bot.use(note('rest'))
    bot.catch(error => void caught.push(error.message))
    await testBot(bot).user('Alice').say('hi')
    await bot.stop()
    expect(log).toEqual(['rest'])
    expect(caught).toEqual([expect.stringContaining('beside')])
  })

  test('a feature of another file is mounted with use()', async () => {
    const { bot, log, note } = setUp()
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

describe('errorBoundary()', () => {
  const failing = (): never => {
    throw new Error('boom')
  }

  test('handles what is behind it, and next() goes on after it', async () => {
    const { bot, log, note } = setUp()
    bot.errorBoundary((error, next) => {
      log.push(`${error instanceof BotError} ${error.message}`)
      return next()
    }, failing)
    bot.use(note('after'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual([expect.stringMatching(/^true .*boom/), 'after'])
  })

  test('without next() the chain ends', async () => {
    const { bot, log, note } = setUp()
    bot.errorBoundary(() => {}, failing)
    bot.use(note('never'))
    await testBot(bot).user('Alice').say('hi')
    expect(log).toEqual([])
  })

  test('leaves alone what comes after it', async () => {
    const { bot, log } = setUp()
    bot.errorBoundary(
      () => void log.push('boundary'),
      (_ctx, next) => next(),
    )
    bot.use(failing)
    await expect(testBot(bot).user('Alice').say('hi')).rejects.toThrow('boom')
    expect(log).toEqual([])
  })

  test('what the boundary itself throws goes further up', async () => {
    const { bot } = setUp()
    bot.errorBoundary(() => {
      throw new Error('second')
    }, failing)
    await expect(testBot(bot).user('Alice').say('hi')).rejects.toThrow('second')
  })
})
