import { describe, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { turn } from '../../../fixtures/turn.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { BotOptions } from '../../bot/options.ts'
import type { Context } from '../../context/context.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { type TestBot, testBot } from '../../testing/index.ts'
import { sequentialize } from '../sequentialize/sequentialize.ts'
import { session } from '../session/session.ts'
import {
  type ConversationFlavor,
  type ConversationsOptions,
  conversations,
  type WaitForOptions,
} from './conversations.ts'

interface Stage extends TestBot {
  readonly bot: Bot<Context & ConversationFlavor>
  /** What went on, in order. */
  readonly events: string[]
}

/** A bot that asks who says "ask", and hears everything that is no answer. */
function stage(waitFor: WaitForOptions = {}, options: ConversationsOptions = {}, botOptions: BotOptions = {}): Stage {
  const events: string[] = []
  const bot = createBot({ logger: recordingLogger(), ...botOptions }).use(conversations(options))
  bot.catch(({ cause }) => void events.push(`caught ${Object(cause).code}`))
  bot.hears('ask', async ctx => {
    const { text, from } = await ctx.waitFor('chatbot:text', waitFor)
    events.push(`${from?.nick} answered ${text}`)
  })
  bot.use(ctx => void events.push(`heard ${ctx.text || ctx.update.kind}`))
  return { ...testBot(bot), bot, events }
}

describe('ctx.waitFor()', () => {
  test('gives the next message of the same person in the same conversation; others are handled as ever', async () => {
    const { user, events } = stage()
    const asked = user('Alice').in('Team').say('ask')
    await turn()
    await user('Bob').in('Team').say('Bob here')
    await user('Alice').say('in private')
    await user('Alice').in('Team').say('yes')
    await asked
    await user('Alice').in('Team').say('later')
    expect(events).toEqual(['heard Bob here', 'heard in private', 'Alice answered yes', 'heard later'])
  })

  test('leaves to others what its query does not take, or refuses it with `otherwise`', async () => {
    const picture = { msgtype: 'picture', content: { downloadCode: 'x' } }
    for (const [otherwise, heard, replies] of [
      [undefined, ['heard chatbot'], []],
      ['只要文字', [], ['只要文字']],
    ] as const) {
      const { user, events } = stage({ otherwise })
      const asked = user('Alice').say('ask')
      await turn()
      const refused = await user('Alice').send(picture)
      expect(refused.replies.map(({ text }) => text)).toEqual(replies)
      await user('Alice').say('text')
      await asked
      expect(events).toEqual([...heard, 'Alice answered text'])
    }
  })

  test.each<[string, WaitForOptions['from'], string[]]>([
    ['anybody', 'anyone', ['Bob answered yes']],
    ['those named', ['user-Carol'], ['heard yes', 'Carol answered yes']],
    [
      'those that a function lets',
      answer => answer.from?.nick === 'Dora',
      ['heard yes', 'heard yes', 'Dora answered yes'],
    ],
  ])('may wait for %s in the conversation', async (_who, from, expected) => {
    const { user, events } = stage({ from })
    const asked = user('Alice').in('Team').say('ask')
    await turn()
    for (const nick of ['Bob', 'Carol', 'Dora'].slice(0, expected.length)) await user(nick).in('Team').say('yes')
    await asked
    expect(events).toEqual(expected)
  })

  test('asks when it is ready for the answer: one that comes before the question is sent is not missed', async () => {
    const { user, events, ...kit } = stage({ question: '快答' })
    let answered: Promise<unknown> | undefined
    kit.mock(/sendBySession/, async () => {
      answered ??= user('Alice').say('at once')
      await answered
      return { errcode: 0 }
    })
    await user('Alice').say('ask')
    expect(events).toEqual(['Alice answered at once'])
  })

  test('fails with the question, and waits no longer, when that cannot be asked', async () => {
    const { user, events } = stage({ question: () => Promise.reject(Object.assign(new Error('no'), { code: 'NO' })) })
    await user('Alice').say('ask')
    await user('Alice').say('yes')
    expect(events).toEqual(['caught NO', 'heard yes'])
  })

  test('waits for the newest question first, and several dialogs go on side by side', async () => {
    const { user, events } = stage()
    const nicks = ['Alice', 'Bob', 'Carol']
    const asked = nicks.flatMap(nick => [user(nick).say('ask'), user(nick).in('Team').say('ask')])
    await turn()
    for (const nick of nicks.toReversed()) await user(nick).in('Team').say('team')
    for (const nick of nicks) await user(nick).say('private')
    await Promise.all(asked)
    expect(events).toEqual([
      ...nicks.toReversed().map(nick => `${nick} answered team`),
      ...nicks.map(nick => `${nick} answered private`),
    ])
  })

  test('takes a click as well as a text', async () => {
    const seen: string[] = []
    const bot = createBot().use(conversations())
    bot.hears('ask', async ctx => {
      const answer = await ctx.waitFor(['chatbot:text', 'card'])
      seen.push(answer.callback?.actionIds.join() ?? answer.text)
    })
    const alice = testBot(bot).user('Alice')
    for (const answer of [() => alice.click('card', 'yes'), () => alice.say('no')]) {
      const asked = alice.say('ask')
      await turn()
      await answer()
      await asked
    }
    expect(seen).toEqual(['yes', 'no'])
  })

  test('refuses to wait where there is nobody to wait for', async () => {
    const bot = createBot().use(conversations())
    bot.on('event', ctx => ctx.waitFor('chatbot'))
    await expect(testBot(bot).event('check_in', {})).rejects.toMatchObject({ code: 'ERR_NO_CONVERSATION' })
  })
})

describe('a dialog that ends early', () => {
  test.each(['取消', 'Cancel'])('by the word %s of the one who is asked ends its handler, and says so', async word => {
    const { user, events, replies } = stage({ from: 'anyone' })
    const asked = user('Alice').in('Team').say('ask')
    await turn()
    await user('Alice').in('Team').say(word)
    await asked
    await user('Alice').in('Team').say('more')
    expect(events).toEqual(['heard more'])
    expect(replies.map(({ text }) => text)).toEqual(['已取消'])
  })

  test('is ended by nobody else: the word of another person is an answer like any other', async () => {
    const { user, events } = stage({ from: 'anyone' })
    const asked = user('Alice').in('Team').say('ask')
    await turn()
    await user('Bob').in('Team').say('取消')
    await asked
    expect(events).toEqual(['Bob answered 取消'])
  })

  test('has words of its own, or none', async () => {
    const { user, events } = stage({ cancel: [] }, { cancel: ['stop'] })
    const asked = user('Alice').say('ask')
    await turn()
    await user('Alice').say('stop')
    await asked
    expect(events).toEqual(['Alice answered stop'])
  })

  test('is told to onAbandoned, or to who catches it', async () => {
    const onAbandoned = vi.fn()
    const { user, events } = stage({ timeout: 1 }, { onAbandoned })
    await user('Alice').say('ask')
    expect(onAbandoned.mock.calls.map(([ctx, why]) => [ctx.text, why])).toEqual([['ask', 'timeout']])
    expect(events).toEqual([])

    const bot = createBot().use(conversations())
    bot.use(ctx => ctx.waitFor('chatbot', { timeout: 1 }).catch(error => ctx.replyText(error.code)))
    expect((await testBot(bot).user('Alice').say('hi')).replies.map(({ text }) => text)).toEqual(['ERR_WAIT_TIMEOUT'])
  })
})

describe('a restart', () => {
  test('ends open dialogs at once and quietly; what comes afterwards is a message like any other', async () => {
    const { bot, user, events } = stage()
    const asked = user('Alice').say('ask')
    await turn()
    await bot.stop()
    await asked
    expect(events).toEqual([])
    const after = stage()
    await after.user('Alice').say('yes')
    expect(after.events).toEqual(['heard yes'])
  })

  test('keeps what was in the session when the dialog began to wait', async () => {
    const store = memoryStore()
    const build = (): Bot<Context> => {
      const bot = createBot({ store, logger: recordingLogger() })
      const talking = bot.use(session({ initial: () => ({ step: 0 }) })).use(conversations())
      talking.use(async ctx => {
        if (ctx.session.step > 0) return ctx.replyText(`at step ${ctx.session.step}`)
        ctx.session.step = 1
        await ctx.waitFor('chatbot')
      })
      return bot
    }
    const before = build()
    const asked = testBot(before).user('Alice').say('begin')
    await turn()
    await before.stop()
    await asked
    const { replies } = await testBot(build()).user('Alice').say('yes')
    expect(replies.map(({ text }) => text)).toEqual(['at step 1'])
  })
})

test('with concurrency 1, sequentialize() and 1,000 open waits every answer arrives', async () => {
  const answers = new Map<string, string>()
  const bot = createBot({ concurrency: 1, maxWaiting: 2_000 }).use(sequentialize()).use(conversations())
  bot.hears('ask', async ctx => {
    const { text } = await ctx.waitFor('chatbot:text')
    answers.set(ctx.from?.id ?? '', text)
  })
  const people = Array.from({ length: 1_000 }, (_, index) => `person-${index}`)
  const asked = people.map(senderId => bot.handle(message({ senderId, text: 'ask' })))
  await vi.waitFor(() => expect(bot.stats()).toMatchObject({ running: 0, waiting: 0 }))
  const said = people.toReversed().map(senderId => bot.handle(message({ senderId, text: `of ${senderId}` })))
  await Promise.all([...asked, ...said])
  expect(answers).toEqual(new Map(people.toReversed().map(id => [id, `of ${id}`])))
})
