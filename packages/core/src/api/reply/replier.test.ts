import { createSimulator, type Simulator, textOf } from '@dingware/simulator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, createBot } from '../../bot/bot.ts'
import type { BotOptions } from '../../bot/options.ts'
import { createUpdate, TOPICS } from '../../updates/update.ts'
import { mentionsFor, withTokens } from '../send/mention.ts'
import type { Outgoing } from '../send/outgoing.ts'
import type { SentMessage } from '../send/sent-message.ts'

let sim: Simulator
let bot: Bot
const outcomes: PromiseSettledResult<SentMessage>[] = []

beforeEach(async () => {
  sim = await createSimulator()
  bot = replyingBot()
  outcomes.length = 0
})

afterEach(async () => {
  await bot.stop()
  await sim.close()
})

function botOf(options: BotOptions = {}): Bot {
  const { clientId, clientSecret, url } = sim
  return createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, ...options })
}

/** A bot that answers with the same text, and keeps how that went. */
function replyingBot(): Bot {
  return botOf().on('chatbot:text', async ctx => {
    outcomes.push(...(await Promise.allSettled([ctx.replyText(ctx.text)])))
  })
}

const via = (): unknown[] =>
  outcomes.map(outcome => (outcome.status === 'fulfilled' ? outcome.value.via : outcome.reason.code))
const webhookCalls = (): number => sim.calls.filter(({ path }) => path.startsWith('/robot/sendBySession')).length

/** A message that the simulator did not push. */
function stray(fields: object): Promise<unknown> {
  return bot.handle(
    createUpdate(TOPICS.chatbot, {
      msgId: 'm',
      msgtype: 'text',
      text: { content: 'x' },
      conversationType: '1',
      ...fields,
    }),
  )
}

describe('a reply', () => {
  test('goes through the session webhook, which gives no handle', async () => {
    await bot.start()
    const said = await sim.user('Alice').say('hi')
    await said.reply()
    await sim.until(() => outcomes.length === 1)
    expect(via()).toEqual(['webhook'])
    const [outcome] = outcomes
    if (outcome?.status !== 'fulfilled') throw new Error('the reply failed')
    await expect(outcome.value.recall()).rejects.toThrow(/no handle/)
  })

  test('goes through the robot API when the webhook answers that its session is gone', async () => {
    await bot.start()
    sim.faults.api({ path: '/robot/sendBySession', fault: 'webhookExpired' })
    const said = await sim.user('Alice').say('hi')
    expect(textOf(await said.reply())).toBe('hi')
    await sim.until(() => outcomes.length === 1)
    expect(via()).toEqual(['robot'])
  })

  test('goes through the robot API when the webhook has expired by its own date, without asking it', async () => {
    const { userId } = sim.user('Alice')
    await stray({
      senderStaffId: userId,
      sessionWebhook: `${sim.url}/robot/sendBySession?session=x`,
      sessionWebhookExpiredTime: Date.now() - 1,
    })
    expect(via()).toEqual(['robot'])
    expect(webhookCalls()).toBe(0)
  })

  test.each([
    'https://attacker.example/robot/sendBySession?session=x',
    'https://oapi.dingtalk.com.attacker.example/x',
    'http://oapi.dingtalk.com/robot/sendBySession?session=x',
    'https://user:pass@oapi.dingtalk.com/robot/sendBySession?session=x',
    'https://dingtalk.com/x',
    'https://oapi.dingtalk.com.:8443@10.0.0.1/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://2130706433/x',
    'https://user@attacker.example#.dingtalk.com',
    'https://attacker.example/.dingtalk.com',
    'file:///etc/passwd',
    'no address',
  ])('does not follow a forged session webhook: %s', async sessionWebhook => {
    const { userId } = sim.user('Alice')
    await stray({ senderStaffId: userId, sessionWebhook })
    expect(via()).toEqual(['robot'])
  })

  test.each(['http://127.0.0.1:1/x', 'http://169.254.169.254/latest'])(
    'does not follow a webhook that redirects to %s, and is not repeated',
    async location => {
      const { userId } = sim.user('Alice')
      const path = '/robot/sendBySession'
      sim.faults.api({ path, fault: { status: 302, body: '', headers: { location } } })
      await stray({ senderStaffId: userId, sessionWebhook: `${sim.url}${path}?session=x` })
      expect(via()).toEqual(['HTTP_302'])
      expect(sim.messages).toEqual([])
    },
  )

  test('goes through the robot API when the webhook says that it was too fast', async () => {
    await bot.start()
    sim.faults.api({ path: '/robot/sendBySession', fault: { status: 200, body: { errcode: 130101, errmsg: 'x' } } })
    expect(textOf(await (await sim.user('Alice').say('hi')).reply())).toBe('hi')
    await sim.until(() => outcomes.length === 1)
    expect(via()).toEqual(['robot'])
  })

  test('to somebody without a userId, where the webhook is gone, is an error that says why', async () => {
    await stray({ sessionWebhook: undefined })
    expect(via()).toEqual(['ERR_NO_REPLY_TARGET'])
  })

  test.each(['', ' ', undefined])(
    'to a group that is not named (%j) is an error that says why',
    async conversationId => {
      await stray({ conversationType: '2', conversationId, senderStaffId: 'alice' })
      expect(via()).toEqual(['ERR_NO_REPLY_TARGET'])
      expect(String(outcomes.map(outcome => outcome.status === 'rejected' && outcome.reason))).toMatch(/comes from/)
      expect(sim.messages).toEqual([])
    },
  )

  test('whose answer got lost is not sent a second time, by either way', async () => {
    await bot.start()
    sim.faults.api({ path: '/robot/sendBySession', fault: 'cut', applied: true })
    const said = await sim.user('Alice').say('hi')
    await said.reply()
    await sim.until(() => outcomes.length === 1)
    expect(outcomes[0]?.status).toBe('rejected')
    expect(sim.messages.filter(message => textOf(message) === 'hi' && message.id !== said.message.id)).toHaveLength(1)
  })

  test('beyond eighteen a minute goes through the robot API', async () => {
    await bot.start()
    const alice = sim.user('Alice')
    for (let index = 0; index < 20; index++) await (await alice.say(`m${index}`)).reply()
    await sim.until(() => outcomes.length === 20)
    expect(via()).toEqual([...Array.from({ length: 18 }, () => 'webhook'), 'robot', 'robot'])
  })

  test('beyond eighteen a minute goes through the robot API, also when all are sent at the same time', async () => {
    const sent: SentMessage[] = []
    const many = botOf()
    many.on('chatbot', async ctx => {
      sent.push(...(await Promise.all(Array.from({ length: 25 }, (_, index) => ctx.replyText(`m${index}`)))))
    })
    await many.start()
    await sim.user('Alice').say('go')
    await sim.until(() => sent.length === 25, { timeout: 20_000 })
    expect(sent.filter(({ via }) => via === 'webhook')).toHaveLength(18)
    await many.stop()
  })

  test('beyond eighteen a minute waits where it mentions people, and ends with the signal', async () => {
    const errors: unknown[] = []
    let sent = 0
    const many = botOf()
    many.on('chatbot', async ctx => {
      for (let index = 0; index < 20; index++) {
        await ctx.replyText(`m${index}`, { at: 'all' })
        sent++
      }
    })
    many.catch(error => errors.push(error.cause))
    await many.start()
    await sim.user('Alice').in(sim.group('Team')).say('go')
    await sim.until(() => webhookCalls() === 18, { timeout: 20_000 })
    await many.stop({ timeout: 50 })
    expect(sent).toBe(18)
    expect(webhookCalls()).toBe(18)
    expect(errors.length).toBe(1)
    expect(sim.calls.filter(({ path }) => path.includes('groupMessages'))).toEqual([])
  })

  test('beyond as many a minute as the bot is told goes through the robot API', async () => {
    const few = botOf({ throttle: { webhooksPerMinute: 1 } })
    const ways: unknown[] = []
    few.on('chatbot', async ctx => ways.push((await ctx.replyText('a')).via, (await ctx.replyText('b')).via))
    await few.start()
    await sim.user('Alice').say('go')
    await sim.until(() => ways.length === 2)
    expect(ways).toEqual(['webhook', 'robot'])
    await few.stop()
  })

  test('that loses something on the way is told by a warning: a feed card, mentions', async () => {
    const warnings: string[] = []
    const quiet = { debug() {}, info() {}, error() {} }
    const warned = botOf({ logger: { ...quiet, warn: message => warnings.push(message) } })
    const links = [{ title: 'First', messageUrl: 'https://example.com', picUrl: 'https://example.com/a.png' }]
    warned.on('chatbot', async ctx => {
      await ctx.reply({ msgtype: 'feedCard', links })
      await ctx.replyText('hi', { at: 'all' })
    })
    sim.faults.api({ path: '/robot/sendBySession', fault: 'webhookExpired', times: 2 })
    await warned.start()
    await sim.user('Alice').say('go')
    await sim.expectReply('hi')
    expect(warnings).toEqual([expect.stringMatching(/pictures of a feed card/), expect.stringMatching(/mentions/)])
    expect(sim.messages.some(({ content }) => JSON.stringify(content).includes('- [First](https://example.com)'))).toBe(
      true,
    )
    await warned.stop()
  })

  test.each<[string, Outgoing]>([
    ['image', { msgtype: 'image', photoURL: '@lAL1' }],
    ['file', { msgtype: 'file', mediaId: '@lAL1', fileName: 'a.pdf' }],
    ['audio', { msgtype: 'audio', mediaId: '@lAL1', duration: 1_000 }],
    ['video', { msgtype: 'video', videoMediaId: '@lAL1', picMediaId: '@lAL2', duration: 3, width: 16, height: 9 }],
  ])('of media goes through the robot API, which shows it: %s', async (_name, message) => {
    const own = botOf()
    own.on('chatbot', ctx => ctx.reply(message))
    await own.start()
    const shown = await (await sim.user('Alice').say('go')).reply()
    expect(shown.via).toBe('api')
    expect(JSON.stringify(shown)).toContain('@lAL1')
    expect(webhookCalls()).toBe(0)
    expect(sim.violations).toEqual([])
    await own.stop()
  })

  test.each([
    ['hi', ['u1'], 'hi @u1'],
    ['@u1 look', ['u1', 'u2'], '@u1 look @u2'],
    ['@u12 look', ['u1'], '@u12 look @u1'],
    ['hi', 'all', 'hi'],
  ] as const)('has the token of each mention once: %s to %j', (text, at, expected) => {
    expect(withTokens(text, { at })).toBe(expected)
  })

  test.each([[undefined], [null], [''], [' '], [undefined, '']])(
    'of nobody who has a userId is a plain text: %j, %j',
    async (...ids) => {
      // As programs without types give them: people outside the organisation have no userId.
      const at = ids as unknown as string[]
      const own = botOf()
      own.on('chatbot', ctx => ctx.replyText('ok', { at }))
      await own.start()
      const shown = await (await sim.user('Alice').say('go')).reply()
      expect(textOf(shown)).toBe('ok')
      expect(withTokens('ok', { at })).toBe('ok')
      expect(mentionsFor({ at })).toEqual({ atUserIds: [] })
      expect(mentionsFor({ at: [...at, 'u1'] })).toEqual({ atUserIds: ['u1'] })
      await own.stop()
    },
  )

  test('with a mention shows it, with the token in the text', async () => {
    const { clientId, clientSecret, url } = sim
    await bot.stop()
    bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
    bot.on('chatbot', ctx => ctx.replyText('看这里', { at: [ctx.from?.staffId ?? ''] }))
    await bot.start()
    const alice = sim.user('Alice')
    await (await alice.in(sim.group('Team')).say('hi')).reply()
    const call = await sim.until(() => sim.calls.find(({ path }) => path.startsWith('/robot/sendBySession')))
    expect(JSON.stringify(call)).toContain(`看这里 @${alice.userId}`)
  })
})

test('a quote of what the bot itself said has its text', async () => {
  const quoted: unknown[] = []
  const { clientId, clientSecret, url } = sim
  const own = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url })
  own.on('chatbot:quoted', async ctx => void quoted.push(ctx.quoted.text))
  const { processQueryKeys } = await own.api.send({ users: sim.user('Alice').userId }, '原文')
  const text = {
    content: '这句',
    isReplyMsg: true,
    repliedMsg: { msgId: 'q', msgType: 'interactiveCard', senderId: 's' },
  }
  await own.handle(
    createUpdate(TOPICS.chatbot, { msgId: 'm2', msgtype: 'text', text, originalProcessQueryKey: processQueryKeys[0] }),
  )
  expect(quoted).toEqual(['原文'])
  await own.stop()
})
