import type { Simulator } from '@dingware/simulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Bot } from '../../bot/bot.ts'
import type { BotOptions } from '../../bot/options.ts'
import { createUpdate, TOPICS } from '../../updates/update.ts'

const simulated = useSimulator()
const path = '/robot/sendBySession'
let sim: Simulator
let bot: Bot
/** How each reply ended: by which way, or with which code. */
let ends: string[]

beforeEach(() => {
  sim = simulated().sim
  ends = []
  bot = replyingBot()
})

function replyingBot(options: BotOptions = {}): Bot {
  return simulated()
    .newBot({ throttle: false, autoRetry: { base: 1 }, ...options })
    .on('chatbot', async ctx => {
      ends.push(
        await ctx.replyText('answer').then(
          ({ via }) => via,
          error => error.code,
        ),
      )
    })
}

/** A message of Alice's, as it would be pushed, with a webhook of the simulator unless it is told another. */
async function hear(fields: object = {}): Promise<void> {
  const { payload } = await sim.user('Alice').say('hi')
  await bot.handle(createUpdate(TOPICS.chatbot, { ...payload, msgId: crypto.randomUUID(), ...fields }))
}

const webhookCalls = (): number => sim.calls.filter(call => call.path === path).length
const refuse = (errcode: number | string, errmsg = 'x'): void =>
  void sim.faults.api({ path, fault: { status: 200, body: { errcode, errmsg } }, times: 10 })

describe('a session webhook that refuses', () => {
  test.each([
    ['gone', 300001],
    ['gone', '300005'],
    ['gone', 400101],
    ['too fast', 130101],
    ['too fast', 410100],
    ['too fast', 660026],
    ['too fast', 90018],
    ['of a kind that it does not take', 400105],
  ])('because it is %s (%s) is replaced by the robot API', async (_why, code) => {
    refuse(code)
    await hear()
    expect(ends).toEqual(['robot'])
    expect(webhookCalls()).toBe(1)
  })

  test('with HTTP 403 and a code of throttling is replaced, too', async () => {
    const body = { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', message: 'x' }
    sim.faults.api({ path, fault: { status: 403, body } })
    await hear()
    expect(ends).toEqual(['robot'])
  })

  test.each([
    ['content review', 430101],
    ['content review', 430102],
    ['content review', 430104],
    ['an outage, after which it may have been sent', 500100],
    ['an outage, after which it may have been sent', -1],
    ['a robot that is switched off', 400102],
    ['a field that is missing', 400201],
  ])('for %s (%s) is told, and the text is sent by no other way', async (_why, code) => {
    refuse(code)
    await hear()
    expect(ends).toEqual([String(code)])
    expect(webhookCalls()).toBe(1)
    expect(sim.calls.filter(call => call.path.startsWith('/v1.0/robot/'))).toEqual([])
  })

  test('because it is gone is not asked again', async () => {
    refuse(300001)
    const { payload } = await sim.user('Alice').say('hi')
    await hear({ sessionWebhook: payload.sessionWebhook })
    await hear({ sessionWebhook: payload.sessionWebhook })
    expect(ends).toEqual(['robot', 'robot'])
    expect(webhookCalls()).toBe(1)
  })

  test('because of its body (300001, too) is asked again, for it is not gone', async () => {
    refuse(300001, 'param error')
    const { payload } = await sim.user('Alice').say('hi')
    await hear({ sessionWebhook: payload.sessionWebhook })
    await hear({ sessionWebhook: payload.sessionWebhook })
    expect(ends).toEqual(['robot', 'robot'])
    expect(webhookCalls()).toBe(2)
    const error = await bot.api.send({ webhook: payload.sessionWebhook }, 'x').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: '300001', message: expect.not.stringMatching(/dead/) })
  })

  test('because it is too fast is asked again for the next message', async () => {
    sim.faults.api({ path, fault: { status: 200, body: { errcode: 660026, errmsg: 'x' } } })
    const { payload } = await sim.user('Alice').say('hi')
    await hear({ sessionWebhook: payload.sessionWebhook })
    await hear({ sessionWebhook: payload.sessionWebhook })
    expect(ends).toEqual(['robot', 'webhook'])
  })

  test('of somebody whom no other way reaches is an error that says what to do', async () => {
    refuse(300001)
    const problems: string[] = []
    const own = simulated()
      .newBot({ throttle: false })
      .on('chatbot', ctx => ctx.replyText('answer').catch(error => problems.push(String(error))))
    const { payload } = await sim.user('Alice').say('hi')
    await own.handle(createUpdate(TOPICS.chatbot, { ...payload, msgId: 'm', senderStaffId: '' }))
    expect(problems).toEqual([expect.stringMatching(/300001.*webhook is dead.*newer one/)])
  })
})

describe('a refusal of content review', () => {
  test.each(['430102', 'param.contentUnsafe'])('says that the text must change: %s', async code => {
    const fault = { status: 400, body: { code, message: 'x' } }
    const send = '/v1.0/robot/groupMessages/send'
    sim.faults.api({ path: send, fault, times: 10 })
    const sent = bot.api.send({ group: sim.group('Team').conversationId }, 'x')
    await expect(sent).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/Content review.*change the text/),
    })
    expect(sim.calls.filter(call => call.path === send)).toHaveLength(1)
  })
})

describe('a session webhook on a host that is not trusted', () => {
  const foreign = 'https://ding.corp.example/robot/sendBySession?session=session-4711'

  test('is not called, and told by one warning that names the host and the option', async () => {
    await hear({ sessionWebhook: foreign })
    await hear({ sessionWebhook: foreign })
    expect(ends).toEqual(['robot', 'robot'])
    const warnings = simulated().logger.complaints.filter(line => line.includes('trustedHosts'))
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('https://ding.corp.example')
    expect(warnings[0]).not.toContain('session-4711')
  })

  test('is told by one warning for each host', async () => {
    for (const host of ['a.example', 'b.example', 'a.example']) await hear({ sessionWebhook: `https://${host}/x` })
    expect(simulated().logger.complaints.filter(line => line.includes('trustedHosts'))).toHaveLength(2)
  })

  test('says so where no other way reaches the sender', async () => {
    const problems: string[] = []
    const own = simulated()
      .newBot({ throttle: false })
      .on('chatbot', ctx => ctx.replyText('answer').catch(error => problems.push(String(error))))
    const { payload } = await sim.user('Alice').say('hi')
    const pushed = { ...payload, msgId: 'm', senderStaffId: '', sessionWebhook: foreign }
    await own.handle(createUpdate(TOPICS.chatbot, pushed))
    expect(problems).toEqual([expect.stringMatching(/ding\.corp\.example.*`trustedHosts`/)])
    await expect(own.api.send({ webhook: foreign }, 'x')).rejects.toThrow(/ding\.corp\.example.*trustedHosts/)
  })

  test.each([
    ['ding.corp.example', 'https://evil.ding.corp.example/x'],
    ['ding.corp.example', 'https://ding.corp.example:8443/x'],
    ['ding.corp.example', 'https://user@ding.corp.example/x'],
    ['ding.corp.example', 'ftp://ding.corp.example/x'],
    ['corp.example', 'https://ding.corp.example/x'],
  ])('is not another one that is: %s, %s', async (trusted, sessionWebhook) => {
    bot = replyingBot({ trustedHosts: [trusted] })
    await hear({ sessionWebhook })
    expect(ends).toEqual(['robot'])
    expect(simulated().logger.complaints.join()).toContain('trustedHosts')
  })

  test('is called once it is trusted', async () => {
    const { host } = new URL(sim.url)
    const own = { endpoint: 'https://ding.corp.example', oapiEndpoint: 'https://ding.corp.example' }
    bot = replyingBot({ ...own, trustedHosts: [host.toUpperCase()] })
    await hear()
    expect(ends).toEqual(['webhook'])
    expect(simulated().logger.complaints).toEqual([])
  })
})
