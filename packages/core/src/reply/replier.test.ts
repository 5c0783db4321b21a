import { createSimulator, type Simulator, textOf } from '@dingware/simulator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Bot, createBot } from '../bot/bot.ts'
import type { BotOptions } from '../bot/options.ts'
import type { SentMessage } from '../send/sent-message.ts'
import { createUpdate, TOPICS } from '../update/update.ts'

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

/** A bot that answers with the same text, and keeps how that went. */
function replyingBot(options: BotOptions = {}): Bot {
  const { clientId, clientSecret, url } = sim
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, ...options })
  return bot.on('chatbot:text', async ctx => {
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
    'https://user@attacker.example#.dingtalk.com',
    'https://attacker.example/.dingtalk.com',
    'file:///etc/passwd',
    'no address',
  ])('does not follow a forged session webhook: %s', async sessionWebhook => {
    const { userId } = sim.user('Alice')
    await stray({ senderStaffId: userId, sessionWebhook })
    expect(via()).toEqual(['robot'])
  })

  test('to somebody without a userId, where the webhook is gone, is an error that says why', async () => {
    await stray({ sessionWebhook: undefined })
    expect(via()).toEqual(['ERR_NO_REPLY_TARGET'])
  })

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
