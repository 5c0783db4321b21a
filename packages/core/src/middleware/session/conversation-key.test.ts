import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startRedis, testWithRedis } from '../../../../../tests/support/redis.ts'
import { event, message } from '../../../fixtures/messages.ts'
import { type RecordingLogger, recordingLogger } from '../../../fixtures/recording-logger.ts'
import { turn } from '../../../fixtures/turn.ts'
import { createBot } from '../../bot/bot.ts'
import type { BotOptions } from '../../bot/options.ts'
import { definePlugin, type Plugin, type PluginHost } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { chatKeyOf } from '../../context/conversation-key.ts'
import { lmdbStore } from '../../store/lmdb/lmdb-store.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { redisStore } from '../../store/redis-store.ts'
import type { Store } from '../../store/store.ts'
import { conversations } from '../conversation/conversations.ts'
import { type SequentializeOptions, sequentialize } from '../sequentialize/sequentialize.ts'
import { session } from './session.ts'

const PEOPLE = Array.from({ length: 12 }, (_, index) => `person-${index}`)

interface Keys {
  readonly bot?: BotOptions['conversationKey']
  readonly sequentialize?: SequentializeOptions<Context>['key'] | false
  readonly session?: (ctx: Context) => string | undefined
}

interface Outcome {
  /** What the group's session holds in the end. */
  readonly n: number
  readonly logger: RecordingLogger
  /** How many were handled at the same time. */
  readonly most: number
}

/** Everybody in a group says something at the same moment, and each counts up the session. */
async function countUp(store: Store, keys: Keys): Promise<Outcome> {
  const logger = recordingLogger()
  const bot = createBot({ store, logger, ...(keys.bot && { conversationKey: keys.bot }) })
  let running = 0
  let most = 0
  if (keys.sequentialize !== false) bot.use(sequentialize({ key: keys.sequentialize }))
  const counting = bot.use(session({ initial: () => ({ n: 0 }), key: keys.session }))
  let last = 0
  counting.on('chatbot:text', async ctx => {
    running++
    most = Math.max(most, running)
    const { n } = ctx.session
    for (let i = 0; i < 3; i++) await turn()
    ctx.session.n = n + 1
    last = Math.max(last, n + 1)
    running--
  })
  await Promise.all(PEOPLE.map(senderId => bot.handle(message({ senderId }))))
  return { n: last, logger, most }
}

async function openLmdb(): Promise<Store> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-keys-'))
  const store = lmdbStore({ path: join(folder, 'bot') })
  onTestFinished(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  return store
}

const STORES: readonly (readonly [string, () => Store | Promise<Store>])[] = [
  ['memory', memoryStore],
  ['LMDB', openLmdb],
]

describe.each(STORES)('one session for a group, in the store %s', (_name, open) => {
  test('loses nothing where the bot says the key, for all its plugins', async () => {
    const { n, logger, most } = await countUp(await open(), { bot: chatKeyOf })
    expect(n).toBe(PEOPLE.length)
    expect(most).toBe(1)
    expect(logger.complaints).toEqual([])
  })

  test('loses nothing where only the session was told, and sequentialize() goes by the sender', async () => {
    const { n, logger } = await countUp(await open(), { session: chatKeyOf })
    expect(n).toBe(PEOPLE.length)
    expect(logger.complaints).toEqual([])
  })

  test('loses nothing where sequentialize() and the session have keys of their own', async () => {
    const { n } = await countUp(await open(), { sequentialize: ctx => ctx.from?.id, session: ctx => ctx.chat?.id })
    expect(n).toBe(PEOPLE.length)
  })

  test('fails by name where nothing was asked to run in turn', async () => {
    const { logger } = await countUp(await open(), { sequentialize: false, session: chatKeyOf })
    expect(logger.complaints).toHaveLength(PEOPLE.length - 1)
    expect(logger.complaints[0]).toContain('the session chat:cid-1 since this one read it')
    expect(logger.complaints[0]).toContain('sequentialize()')
    expect(logger.complaints[0]).toContain('conversationKey')
  })
})

testWithRedis('one session for a group loses nothing in Redis', async () => {
  const server = await startRedis()
  const client = new Redis(server.path)
  onTestFinished(async () => {
    client.disconnect()
    await server.close()
  })
  const { n, logger } = await countUp(redisStore(client), { session: chatKeyOf })
  expect(n).toBe(PEOPLE.length)
  expect(logger.complaints).toEqual([])
})

test('by default each person has a conversation, and people do not wait for each other', async () => {
  const { n, most, logger } = await countUp(memoryStore(), {})
  expect(n).toBe(1)
  expect(most).toBe(PEOPLE.length)
  expect(logger.complaints).toEqual([])
})

test('a handler that waits for a person lets others have the session, and finds it as they left it', async () => {
  const bot = createBot({ logger: recordingLogger() })
    .use(conversations())
    .use(sequentialize())
    .use(session({ initial: () => ({ said: '' }), key: chatKeyOf }))
  const ends: string[] = []
  bot.on('chatbot:text', async ctx => {
    ctx.session.said += ctx.text
    if (ctx.text === 'ask') {
      const answer = await ctx.waitFor('chatbot:text')
      ctx.session.said += answer.text
    }
    ends.push(ctx.session.said)
  })
  const asked = bot.handle(message({ senderId: 'a', text: 'ask' }))
  await vi.waitFor(() => expect(bot.stats().suspended).toBe(1))
  await bot.handle(message({ senderId: 'b', text: 'bob' }))
  await bot.handle(message({ senderId: 'a', text: 'yes' }))
  await asked
  expect(ends).toEqual(['askbob', 'askbobyes'])
})

describe('ctx.waitFor() in a group with one conversation', () => {
  const ask = async (from?: 'sender'): Promise<readonly string[]> => {
    const heard: string[] = []
    const bot = createBot({ conversationKey: chatKeyOf, logger: recordingLogger() }).use(conversations())
    bot.on('chatbot:text', async ctx => {
      if (ctx.text !== 'ask') return void heard.push(`heard ${ctx.text}`)
      const answer = await ctx.waitFor('chatbot:text', { from })
      heard.push(`answered ${answer.text}`)
    })
    const asked = bot.handle(message({ senderId: 'a', text: 'ask' }))
    await vi.waitFor(() => expect(bot.stats().suspended).toBe(1))
    await bot.handle(message({ senderId: 'b', text: 'b1' }))
    await bot.handle(message({ senderId: 'a', text: 'a1' }))
    await asked
    // The two handlers run side by side.
    return heard.toSorted()
  }

  test('takes the answer of whoever says something in it', async () => {
    expect(await ask()).toEqual(['answered b1', 'heard a1'])
  })

  test('waits for the one who asked where it is told so', async () => {
    expect(await ask('sender')).toEqual(['answered a1', 'heard b1'])
  })
})

describe('a conversationKey', () => {
  test('that throws fails the update, and nothing else', async () => {
    const logger = recordingLogger()
    const bot = createBot({
      logger,
      conversationKey() {
        throw new Error('no key today')
      },
    })
    bot.use(conversations()).use(sequentialize())
    bot.on('chatbot', () => {})
    await bot.handle(message())
    expect(logger.complaints).toEqual([expect.stringContaining('no key today')])
  })

  test('of nothing, or an empty text, is none', async () => {
    const seen: unknown[] = []
    for (const key of [undefined, '']) {
      const bot = createBot({ conversationKey: () => key, logger: recordingLogger() })
        .use(sequentialize())
        .use(session({ initial: () => 0 }))
      bot.catch(({ cause }) => void seen.push(Object(cause).code))
      bot.on('chatbot', ctx => void ctx.session)
      await bot.handle(message())
    }
    expect(seen).toEqual(['ERR_NO_SESSION', 'ERR_NO_SESSION'])
  })

  test('is told to plugins for updates that have no context yet, as the inbox keeps them', async () => {
    const keys: unknown[] = []
    const noting = (): Plugin<object> => {
      let keyOf: PluginHost<object>['conversationKey'] = () => undefined
      return definePlugin<object>({
        name: 'noting',
        install(host) {
          keyOf = host.conversationKey
        },
        middleware: () => void keys.push(keyOf(message({ senderId: 'a' })), keyOf(event())),
      })
    }
    await createBot({ conversationKey: chatKeyOf }).use(noting()).handle(message())
    await createBot().use(noting()).handle(message())
    expect(keys).toEqual(['chat:cid-1', undefined, 'chat:cid-1 a', undefined])
  })
})
