import { beforeEach, describe, expect, test, vi } from 'vitest'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { definePlugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { chatKeyOf, senderKeyOf } from '../../context/conversation-key.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { createUpdate, TOPICS, type Update } from '../update.ts'
import { keepCardEntry } from './card-entry.ts'

let store: Store
let clicks = 0

beforeEach(() => {
  store = memoryStore()
})

function click(fields: object = {}): Update {
  const content = JSON.stringify({ cardPrivateData: { actionIds: ['single_button_node_ocm3k8x2vq1'], params: {} } })
  const raw = { type: 'actionCallback', outTrackId: 'card', corpId: 'c', userId: 'alice', content, ...fields }
  return createUpdate(TOPICS.card, raw, { topic: TOPICS.card, messageId: `click-${++clicks}` })
}

/** What a handler of the click finds out. */
async function seenBy<T>(look: (ctx: Context) => T | Promise<T>, update: Update, given: Store = store): Promise<T> {
  const seen: T[] = []
  const bot: Bot = createBot({ store: given, logger: recordingLogger() })
  bot.on('card', async ctx => void seen.push(await look(ctx)))
  await bot.handle(update)
  const [first] = seen
  if (first === undefined && seen.length === 0) throw new Error('No handler ran.')
  return first as T
}

describe('where a click happened', () => {
  test('is where its card went, whatever the click says', async () => {
    await keepCardEntry(store, 'card', { place: { type: 'group', id: 'cidG' } })
    for (const fields of [
      {},
      { spaceType: 'im', spaceId: 'alice' },
      { spaceType: 'IM_ROBOT' },
      { spaceId: 'cidOther' },
    ]) {
      expect(await seenBy(ctx => ctx.chat, click(fields))).toEqual({ id: 'cidG', type: 'group' })
    }
  })

  test('is the conversation of a private chat where a message has told it, else the person', async () => {
    await keepCardEntry(store, 'card', { place: { type: 'private', id: 'cidP' } })
    expect(await seenBy(ctx => ctx.chat, click())).toEqual({ id: 'cidP', type: 'private' })
    await keepCardEntry(store, 'other', { place: { type: 'private' } })
    const other = { outTrackId: 'other', spaceType: 'im', spaceId: 'cidP' }
    expect(await seenBy(ctx => ctx.chat, click(other))).toEqual({ id: 'alice', type: 'private' })
  })

  test('is told by the click where nothing is kept, and not guessed where it does not tell', async () => {
    expect(await seenBy(ctx => ctx.chat, click({ spaceType: 'im', spaceId: 'cidG' }))).toEqual({
      id: 'cidG',
      type: 'group',
    })
    expect(await seenBy(ctx => ctx.chat, click())).toBeUndefined()
  })

  test('not being known, a reply is refused instead of sent to the one who clicked', async () => {
    const error = await seenBy(ctx => ctx.replyText('for the group').catch((reason: unknown) => reason), click())
    expect(error).toMatchObject({
      code: 'ERR_NO_REPLY_TARGET',
      message: expect.stringMatching(/not known where .*bot\.api\.send\(\)/s),
    })
  })
})

describe('who clicked', () => {
  test('is a userId, and a unionId where the card was sent with those; an empty id is nobody', async () => {
    expect(await seenBy(ctx => ctx.from, click())).toMatchObject({ id: 'alice', staffId: 'alice' })
    expect(await seenBy(ctx => ctx.from, click({ userIdType: 2 }))).toEqual({
      id: 'alice',
      unionId: 'alice',
      corpId: 'c',
    })
    expect(await seenBy(ctx => ctx.from, click({ userId: '' }))).toBeUndefined()
  })

  test('is known by both ids, where the card answered them, and so waits and sessions find them', async () => {
    const entry = {
      place: { type: 'private', id: 'cidP' },
      userIdType: 2,
      owner: 'union',
      ownerUserId: 'alice',
    } as const
    await keepCardEntry(store, 'card', entry)
    const keys = (ctx: Context) => [chatKeyOf(ctx), senderKeyOf(ctx)]
    const byClick = await seenBy(keys, click({ userId: 'union' }))
    expect(byClick).toEqual(['private:alice', 'private:alice alice'])
  })
})

describe('a store that', () => {
  const failing = (get: Store['get']): Store => ({ ...memoryStore(), get })

  /** A bot whose store does what it is told to, the chats of its clicks, and what it complained of. */
  function benchOf(get: Store['get']) {
    let isGood = true
    const inner = memoryStore()
    const logger = recordingLogger()
    let kept: Store = inner
    const keeper = definePlugin({
      name: 'keeper',
      install(host) {
        kept = host.store
      },
    })
    const chats: unknown[] = []
    const bot = createBot({ store: { ...inner, get: key => (isGood ? inner.get(key) : get(key)) }, logger })
      .use(keeper)
      .on(['card', 'event'], ctx => void chats.push(ctx.chat))
    const keep = async (): Promise<void> => {
      await bot.handle(click({ outTrackId: 'first' }))
      chats.length = 0
      await keepCardEntry(kept, 'card', { place: { type: 'group', id: 'cidG' } })
      isGood = false
    }
    return { bot, chats, logger, keep }
  }

  test('fails costs a click nothing but what is kept', async () => {
    const broken = failing(() => Promise.reject(new Error('gone')))
    expect(await seenBy(ctx => ctx.callback?.outTrackId, click(), broken)).toBe('card')
  })

  test('fails is complained of, and what this process has kept is still known', async () => {
    const { bot, chats, logger, keep } = benchOf(() => Promise.reject(new Error('gone')))
    await keep()
    await bot.handle(click())
    expect(chats).toEqual([{ id: 'cidG', type: 'group' }])
    expect(logger.complaints).toEqual([expect.stringContaining('gone')])
  })

  test('has lost a card costs nothing of what this process has kept', async () => {
    const { bot, chats, logger, keep } = benchOf(() => Promise.resolve(undefined))
    await keep()
    await bot.handle(click())
    expect(chats).toEqual([{ id: 'cidG', type: 'group' }])
    expect(logger.complaints).toEqual([])
  })

  test('answers is not complained of afterwards', async () => {
    vi.useFakeTimers()
    try {
      const { bot, logger } = benchOf(() => Promise.resolve(undefined))
      await bot.handle(click())
      await vi.advanceTimersByTimeAsync(1_000)
      expect(logger.complaints).toEqual([])
    } finally {
      vi.useRealTimers()
    }
  })

  test('hangs is complained of, and delays nothing that is no click on a card of the bot', async () => {
    vi.useFakeTimers()
    try {
      const { bot, chats, logger, keep } = benchOf(() => new Promise(() => {}))
      await keep()
      await bot.handle(createUpdate(TOPICS.event, { outTrackId: 'card' }))
      await bot.handle(click({ outTrackId: '' }))
      expect(chats).toHaveLength(2)
      expect(logger.complaints).toEqual([])
      const handled = bot.handle(click())
      await vi.advanceTimersByTimeAsync(500)
      await handled
      expect(logger.complaints).toEqual([expect.stringContaining('did not answer in time')])
    } finally {
      vi.useRealTimers()
    }
  })

  test('hangs delays a click by half a second, and what this process has kept is still known', async () => {
    vi.useFakeTimers()
    try {
      let hangs = false
      const inner = memoryStore()
      const hanging: Store = { ...inner, get: key => (hangs ? new Promise(() => {}) : inner.get(key)) }
      let ofBot: Store = inner
      const keeper = definePlugin({
        name: 'keeper',
        install(host) {
          ofBot = host.store
        },
      })
      const chats: unknown[] = []
      const bot = createBot({ store: hanging, logger: recordingLogger() })
        .use(keeper)
        .on('card', ctx => void chats.push(ctx.chat))
      await bot.handle(click())
      await keepCardEntry(ofBot, 'card', { place: { type: 'group', id: 'cidG' } })
      hangs = true
      const handled = bot.handle(click())
      await vi.advanceTimersByTimeAsync(499)
      expect(chats).toEqual([undefined])
      await vi.advanceTimersByTimeAsync(1)
      await handled
      expect(chats).toEqual([undefined, { id: 'cidG', type: 'group' }])
    } finally {
      vi.useRealTimers()
    }
  })
})
