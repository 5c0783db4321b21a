import { describe, expect, test, vi } from 'vitest'
import { event, message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { turn } from '../../../fixtures/turn.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { definePlugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { senderKeyOf } from '../../context/conversation-key.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { testBot } from '../../testing/index.ts'
import { type SessionFlavor, session } from './session.ts'

interface Count {
  n: number
}

const initial = (): Count => ({ n: 0 })

/** A store that says what it is asked about sessions; the room of session webhooks is counted there as well. */
function listening(store: Store = memoryStore()): { readonly store: Store; readonly asked: string[] } {
  const asked: string[] = []
  const tell =
    <A extends [string, ...unknown[]], T>(name: string, call: (...args: A) => T) =>
    (...args: A): T => {
      if (args[0].startsWith('session:')) asked.push(name)
      return call(...args)
    }
  const { get, set, add, delete: remove } = store
  return {
    asked,
    store: {
      ...store,
      get: tell('get', get),
      set: tell('set', set),
      add: tell('add', add),
      delete: tell('delete', remove),
    },
  }
}

function counting(store: Store): Bot<Context & SessionFlavor<Count>> {
  const bot = createBot({ store }).use(session({ initial }))
  return bot.on('chatbot', ctx => ctx.replyText(String(++ctx.session.n)))
}

async function saidBy(act: Promise<{ readonly replies: readonly { readonly text: string }[] }>): Promise<string[]> {
  return (await act).replies.map(({ text }) => text)
}

describe('session()', () => {
  test('remembers by conversation and sender', async () => {
    const { user } = testBot(counting(memoryStore()))
    const [alice, bob] = [user('Alice'), user('Bob')]
    expect(await saidBy(alice.say('hi'))).toEqual(['1'])
    expect(await saidBy(alice.say('hi'))).toEqual(['2'])
    expect(await saidBy(alice.in('Team').say('hi'))).toEqual(['1'])
    expect(await saidBy(bob.in('Team').say('hi'))).toEqual(['1'])
    expect(await saidBy(alice.in('Team').say('hi'))).toEqual(['2'])
  })

  test('a click has the session of the one who clicked, although it names people and private chats in other ways', async () => {
    const bot = createBot().use(session({ initial }))
    const seen: number[] = []
    bot.use(ctx => void seen.push(++ctx.session.n))
    const { user } = testBot(bot)
    for (const who of [user('Alice'), user('Alice').in('Team')]) {
      await who.say('hi')
      await who.click('card', 'yes')
    }
    expect(seen).toEqual([1, 2, 1, 2])
  })

  test('reads once, before the handler, and writes once, after it', async () => {
    const { store, asked } = listening()
    const bot = createBot({ store }).use(session({ initial }))
    bot.use(ctx => {
      for (let i = 0; i < 5; i++) ctx.session.n++
      asked.push('handled')
    })
    for (let i = 0; i < 2; i++) await bot.handle(message())
    expect(asked).toEqual(['get', 'handled', 'add', 'get', 'handled', 'set'])
  })

  test('is not written when it has not changed, however deep one looked', async () => {
    const { store, asked } = listening()
    const bot = createBot({ store }).use(session({ initial: () => ({ list: [{ a: 1 }] }) }))
    bot.use(ctx => void ctx.session.list[0]?.a)
    await bot.handle(message())
    expect(asked).toEqual(['get'])
  })

  test('is not written when the handler threw, also when somebody outside catches that', async () => {
    const store = memoryStore()
    const bot = createBot({ store, logger: recordingLogger() })
    const caught = bot.use(async (_ctx, next) => next().catch(() => {})).use(session({ initial }))
    caught.on('chatbot', ctx => {
      ctx.session.n++
      throw new Error('after all')
    })
    await bot.handle(message())
    expect(await keysOf(store)).toEqual([])
  })

  test('may be put in place whole, and deleted with undefined', async () => {
    const store = memoryStore()
    const bot = createBot({ store }).use(session({ initial }))
    bot.command('set', ctx => {
      ctx.session = { n: Number(ctx.args) }
    })
    bot.command('end', ctx => {
      ctx.session = undefined
    })
    bot.use(ctx => ctx.replyText(String(ctx.session.n)))
    const alice = testBot(bot).user('Alice')
    await alice.say('/set 7')
    expect(await saidBy(alice.say('?'))).toEqual(['7'])
    await alice.say('/end')
    expect(await keysOf(store)).toEqual([])
    expect(await saidBy(alice.say('?'))).toEqual(['0'])
  })

  test('an update without a key passes, reads nothing, and is told so when it asks', async () => {
    const { store, asked } = listening()
    const bot = createBot({ store }).use(session({ initial }))
    const passed: string[] = []
    bot.use(ctx => void passed.push(ctx.update.kind))
    await bot.handle(event())
    expect(passed).toEqual(['event'])
    expect(asked).toEqual([])
    const other = createBot().use(session({ initial, key: () => undefined }))
    other.use(ctx => void ctx.session)
    await expect(testBot(other).user('Alice').say('hi')).rejects.toMatchObject({ code: 'ERR_NO_SESSION' })
  })

  test('keeps by any key, in any store', async () => {
    const store = memoryStore()
    const bot = createBot().use(session({ initial, store, key: ctx => ctx.chat?.id }))
    bot.use(ctx => void ctx.session.n++)
    const { user } = testBot(bot)
    await user('Alice').in('Team').say('1')
    await user('Bob').in('Team').say('2')
    expect(await store.get('session:cid-Team')).toMatchObject({ value: { version: 1, data: { n: 2 } } })
  })

  test('two bots on one store do not mix, by their clientIds', async () => {
    const store = memoryStore()
    const replies: string[] = []
    for (const clientId of ['one', 'other', 'one']) {
      const bot = createBot({ store, clientId }).use(session({ initial }))
      bot.use(ctx => void replies.push(`${clientId} ${++ctx.session.n}`))
      await bot.handle(message())
    }
    expect(replies).toEqual(['one 1', 'other 1', 'one 2'])
  })

  test('mounted in the bot and in a feature as well, it is one session', async () => {
    const { store, asked } = listening()
    const sessions = session({ initial })
    const bot = createBot({ store }).use(sessions)
    bot.use(sessions).use(ctx => void ctx.session.n++)
    await bot.handle(message())
    expect(asked).toEqual(['get', 'add'])
  })

  test('with ttlMs it is forgotten so long after it was written', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const bot = createBot().use(session({ initial, ttlMs: 60_000 }))
    const seen: number[] = []
    bot.use(ctx => void seen.push(++ctx.session.n))
    for (const pass of [0, 59_000, 59_000, 61_000]) {
      vi.advanceTimersByTime(pass)
      await bot.handle(message())
    }
    vi.useRealTimers()
    expect(seen).toEqual([1, 2, 3, 1])
  })

  test('what the store throws fails the update, so that no empty session overwrites the stored one', async () => {
    const store = memoryStore()
    const { user } = testBot(counting({ ...store, get: () => Promise.reject(new Error('away')) }))
    await expect(user('Alice').say('hi')).rejects.toThrow('away')
    expect(await keysOf(store)).toEqual([])
  })
})

describe('session({ lazy: true })', () => {
  test('reads only when a handler asks, once, and writes what it resolved to', async () => {
    const { store, asked } = listening()
    const bot = createBot({ store }).use(session({ initial, lazy: true }))
    bot.hears('count', async ctx => {
      const counter = await ctx.session
      counter.n++
      await ctx.replyText(String((await ctx.session).n))
    })
    const alice = testBot(bot).user('Alice')
    await alice.say('something else')
    expect(asked).toEqual([])
    expect(await saidBy(alice.say('count'))).toEqual(['1'])
    expect(asked).toEqual(['get', 'add'])
    expect(await saidBy(alice.say('count'))).toEqual(['2'])
  })

  test('is not put in place unread, which would overwrite what nobody looked at', async () => {
    const bot = createBot().use(session({ initial, lazy: true }))
    bot.use(ctx => {
      ctx.session = { n: 1 }
    })
    await expect(testBot(bot).user('Alice').say('hi')).rejects.toMatchObject({ code: 'ERR_SESSION' })
  })
})

describe('a session of another version', () => {
  const old = async (store: Store, version: number): Promise<void> => {
    const bot = createBot({ store }).use(session({ initial: () => ({ count: 3 }), version }))
    bot.use(ctx => void ctx.session.count++)
    await bot.handle(message())
  }

  test('is migrated when it is read, and stored in its new form when it is written', async () => {
    const store = memoryStore()
    await old(store, 1)
    const migrate = vi.fn((stored: unknown): Count => ({ n: Object(stored).count * 10 }))
    const bot = createBot({ store }).use(session({ initial, version: 3, migrate }))
    bot.use(ctx => void ctx.session.n++)
    for (let i = 0; i < 2; i++) await bot.handle(message())
    expect(migrate.mock.calls).toEqual([[{ count: 4 }, 1]])
    const [key = ''] = await keysOf(store)
    expect(await store.get(key)).toMatchObject({ value: { version: 3, data: { n: 42 } } })
  })

  test('fails the update where there is no migration, or where a newer bot has written it', async () => {
    const store = memoryStore()
    await old(store, 2)
    const codes: unknown[] = []
    for (const version of [1, 3]) {
      const bot = createBot({ store }).use(session({ initial, version }))
      bot.catch(error => void codes.push(Object(error.cause).code)).use(ctx => void ctx.session.n++)
      await bot.handle(message())
    }
    expect(codes).toEqual(['ERR_SESSION_VERSION', 'ERR_SESSION_VERSION'])
  })
})

describe('a session while its handler waits for a person', () => {
  /** The plugin that waits: asks "ready?", and gives the text of the answer. */
  const asking = definePlugin<{ ask(): Promise<Context> }>({
    name: 'asking',
    install: host =>
      host.decorate({
        ask() {
          const key = senderKeyOf(this)
          return host.wait(this, {
            keys: key ? [key] : [],
            accepts: answer => answer.text === 'ready',
            take: answer => answer,
          })
        },
      }),
  })

  test('is written before, so that others see it, and read anew afterwards, into the object that the handler has', async () => {
    const bot = createBot().use(asking).use(session({ initial }))
    const seen: unknown[] = []
    bot.hears('ask', async ctx => {
      const mine = ctx.session
      mine.n = 10
      const answer = await ctx.ask()
      seen.push(mine.n, mine === ctx.session)
      mine.n++
      if (answer instanceof Object && 'session' in answer) seen.push(answer.session === mine)
    })
    bot.hears('add', ctx => {
      ctx.session.n += 5
    })
    bot.hears('show', ctx => ctx.replyText(String(ctx.session.n)))
    const alice = testBot(bot).user('Alice')
    const asked = alice.say('ask')
    await turn()
    await alice.say('add')
    await alice.say('ready')
    await asked
    expect(seen).toEqual([15, true, true])
    expect(await saidBy(alice.say('show'))).toEqual(['16'])
  })
})

async function keysOf(store: Store): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list('session:')) keys.push(key)
  return keys
}
