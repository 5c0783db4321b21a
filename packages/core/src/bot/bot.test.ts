import { once } from 'node:events'
import { inspect } from 'node:util'
import { createSimulator, type Simulator, textOf } from '@dingware/simulator'
import type { Logger } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createComposer } from '../composer/composer.ts'
import { definePlugin } from '../composer/plugin/plugin.ts'
import { createUpdate, TOPICS } from '../updates/update.ts'
import { type Bot, createBot } from './bot.ts'
import type { BotOptions } from './options.ts'

let simulator: Simulator
const bots: Bot[] = []

beforeEach(async () => {
  simulator = await createSimulator()
})

afterEach(async () => {
  await Promise.all(bots.splice(0).map(bot => bot.stop()))
  await simulator.close()
})

function connectedTo(simulator: Simulator, options: BotOptions = {}): Bot {
  const { clientId, clientSecret, url } = simulator
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, ...options })
  bots.push(bot)
  return bot
}

function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const record = (message: string): void => void lines.push(message)
  return { lines, debug: () => {}, info: record, warn: record, error: record }
}

const hello = createUpdate(TOPICS.chatbot, {
  msgId: 'msg1',
  msgtype: 'text',
  text: { content: ' hello ' },
  conversationId: 'cid1',
  conversationType: '2',
  senderId: '$:LWCP_v1:$x',
  senderNick: 'Alice',
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=very-secret',
})

describe('a message', () => {
  test('goes all the way round: to the bot and back into the chat', async () => {
    const bot = connectedTo(simulator)
    bot.on('chatbot:text', ctx => ctx.replyText(`echo: ${ctx.text}`))
    await bot.start()
    const said = await simulator.user('Alice').say('hi')
    expect(textOf(await said.reply())).toBe('echo: hi')
    expect(simulator.violations).toEqual([])
  })

  test('of a group reaches the bot without the space that its mention left', async () => {
    const bot = connectedTo(simulator)
    bot.on('chatbot:text', ctx => ctx.replyText(`[${ctx.text}] ${ctx.chat?.type} ${ctx.from?.nick}`))
    await bot.start()
    const said = await simulator.user('Alice').in(simulator.group('Team')).say('hi')
    expect(textOf(await said.reply())).toBe('[hi] group Alice')
  })

  test('is acknowledged before its handler ends', async () => {
    const finish = new AbortController()
    const bot = connectedTo(simulator)
    bot.on('chatbot', () => once(finish.signal, 'abort'))
    await bot.start()
    const said = await simulator.user('Alice').say('hi')
    expect(await said.ack).toMatchObject({ code: 200 })
    finish.abort()
  })

  test('that is no JSON, or has no fields, is handled as an unknown one', async () => {
    const bot = connectedTo(simulator)
    const types: unknown[] = []
    bot.on('chatbot', ctx => void types.push(ctx.message?.msgtype))
    await bot.start()
    for (const data of ['no json', '{}', 'null', '[]']) {
      const { ack } = await simulator.push({ type: 'CALLBACK', topic: TOPICS.chatbot, data })
      expect(await ack).toMatchObject({ code: 200 })
    }
    expect(types).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  })
})

describe('start()', () => {
  test('rejects without a credential and says which variables to set', async () => {
    const bot = connectedTo(simulator, { clientId: '', clientSecret: '' })
    await expect(bot.start()).rejects.toThrow(/DINGTALK_CLIENT_ID.*DINGTALK_CLIENT_SECRET/)
  })

  test('rejects at once when the credential is refused, with what the gateway said', async () => {
    const bot = connectedTo(simulator, { clientSecret: 'a-wrong-secret' })
    await expect(bot.start()).rejects.toMatchObject({
      code: 'authFailed',
      message: expect.stringContaining('鉴权失败'),
    })
  })

  test('subscribes to the topics of what is mounted', async () => {
    const greetings = createComposer()
    greetings.on('chatbot', () => {})
    const bot = connectedTo(simulator).use(greetings)
    await bot.start()
    expect(simulator.connections[0]?.subscriptions).toEqual([{ type: 'CALLBACK', topic: TOPICS.chatbot }])
  })
})

describe('stop()', () => {
  test('waits for the handler that is running, then closes', async () => {
    const events: string[] = []
    const bot = connectedTo(simulator)
    bot.on('chatbot:text', async ctx => {
      events.push('started')
      await ctx.replyText('working')
      events.push('finished')
    })
    await bot.start()
    const said = await simulator.user('Alice').say('hi')
    await said.ack
    await bot.stop()
    expect(events).toEqual(['started', 'finished'])
    await simulator.until(() => simulator.connections.length === 0)
  })

  test('aborts ctx.signal of a handler that outlasts its patience', async () => {
    const bot = connectedTo(simulator)
    let aborted = false
    bot.on('chatbot', async ctx => {
      await once(ctx.signal, 'abort')
      aborted = true
    })
    await bot.start()
    const said = await simulator.user('Alice').say('hi')
    await said.ack
    await bot.stop({ timeout: 20 })
    expect(aborted).toBe(true)
  })
})

describe('handle()', () => {
  test('needs neither network nor credential', async () => {
    const bot = createBot({ clientId: '', clientSecret: '' })
    const seen: string[] = []
    bot.on('chatbot:text', ctx => void seen.push(`${ctx.from?.nick}: ${ctx.text}`))
    expect(await bot.handle(hello)).toMatchObject({ code: 200 })
    expect(seen).toEqual(['Alice: hello'])
  })

  test('gives what is answered, and tells bot.catch what a handler threw', async () => {
    const bot = createBot({ ack: { chatbot: 'late' } })
    const caught: unknown[] = []
    bot.catch(error => void caught.push(error))
    bot.on('chatbot', () => {
      throw new Error('boom')
    })
    expect(await bot.handle(hello)).toMatchObject({ code: 500 })
    expect(caught).toEqual([expect.objectContaining({ name: 'BotError', message: expect.stringContaining('boom') })])
  })

  test('logs an error that nobody catches, without the session webhook', async () => {
    const logger = recordingLogger()
    const bot = createBot({ logger })
    bot.on('chatbot', ctx => {
      throw new Error(`cannot post to ${ctx.message?.sessionWebhook}`)
    })
    await bot.handle(hello)
    expect(logger.lines).toHaveLength(1)
    expect(logger.lines[0]).not.toContain('very-secret')
  })
})

describe('on()', () => {
  test('throws for a query that does not exist, and lists those that do', () => {
    // @ts-expect-error: the type checker refuses it as well
    expect(() => createBot().on('chatbot:txt', () => {})).toThrow(/no such query.*chatbot:text/)
  })

  test('without handlers gives the branch for updates that match', async () => {
    const bot = createBot()
    const seen: string[] = []
    bot.on('chatbot:text').use(ctx => void seen.push(ctx.message.text.content))
    await bot.handle(hello)
    await bot.handle(createUpdate(TOPICS.chatbot, { msgtype: 'picture' }))
    expect(seen).toEqual([' hello '])
  })
})

describe('a plugin', () => {
  test('decorates every context of its bot, and no other bot', async () => {
    const shout = definePlugin<{ shout(): string }>({
      name: 'shout',
      install: host =>
        host.decorate({
          shout(): string {
            return this.text.toUpperCase()
          },
        }),
    })
    const heard: unknown[] = []
    await createBot()
      .use(shout)
      .use(ctx => void heard.push(ctx.shout()))
      .handle(hello)
    await createBot()
      .use(ctx => void heard.push('shout' in ctx))
      .handle(hello)
    expect(heard).toEqual(['HELLO', false])
  })
})

test('a context prints without its session webhook, at any depth', async () => {
  const bot = createBot()
  const printed: string[] = []
  bot.use(
    ctx =>
      void printed.push(inspect(ctx, { depth: 9, getters: true }), inspect(ctx.message), JSON.stringify(ctx.update)),
  )
  await bot.handle(hello)
  expect(printed.join()).toContain('Alice')
  expect(printed.join()).not.toContain('very-secret')
})
