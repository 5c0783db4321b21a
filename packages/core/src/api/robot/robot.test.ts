import { type Simulator, textOf } from '@dingware/simulator'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Bot } from '../../bot/bot.ts'
import type { ApiCall } from '../api-call.ts'
import { createReactions } from './reaction.ts'

const simulated = useSimulator()
let sim: Simulator
let bot: Bot

beforeEach(() => {
  sim = simulated().sim
  bot = simulated().newBot({ throttle: false, autoRetry: { base: 1 } })
})

describe('a DING', () => {
  test.each([
    ['app', 1],
    ['sms', 2],
    ['phone', 3],
  ] as const)('goes out by %s, and can be taken back', async (by, remindType) => {
    const alice = sim.user('Alice')
    const ding = await bot.api.ding({ users: [alice.userId], content: '开会', by })
    expect(ding.failed).toEqual([])
    const content = { kind: 'other', msgtype: 'ding', body: { remindType, content: '开会' } }
    expect(sim.messages).toMatchObject([{ content }])
    await ding.recall()
    expect(sim.messages).toEqual([])
    expect(sim.violations).toEqual([])
  })

  test('tells whom it did not reach', async () => {
    const { failed, reasons } = await bot.api.ding({ users: [sim.user('Alice').userId, 'nobody'], content: '开会' })
    expect(failed).toEqual(['nobody'])
    expect(reasons).toEqual({ nobody: '用户不存在' })
  })

  test('tells so where the platform lists people by reason', async () => {
    const body = { openDingId: 'ding', failedList: { 未激活: ['nobody', 'stranger'] } }
    sim.faults.api({ path: '/v1.0/robot/ding/send', fault: { status: 200, body } })
    const { failed, reasons } = await bot.api.ding({ users: ['user01', 'nobody'], content: '开会' })
    expect(failed).toEqual(['nobody'])
    expect(reasons).toEqual({ nobody: '未激活' })
  })

  test.each([
    ['app', 201, /201 people.*200/],
    ['sms', 21, /21 people.*20/],
    ['phone', 21, /21 people.*20/],
    ['app', 0, /nobody/],
  ] as const)('by %s to %d people is refused before it is sent', async (by, count, message) => {
    const users = Array.from({ length: count }, (_, index) => `user ${index}`)
    await expect(bot.api.ding({ users, content: 'x', by })).rejects.toMatchObject({ message })
    expect(sim.calls).toEqual([])
  })

  test('whose answer got lost is not sent again, and the error says so', async () => {
    sim.faults.api({ path: '/v1.0/robot/ding/send', fault: 'cut', applied: true })
    const sent = bot.api.ding({ users: [sim.user('Alice').userId], content: '开会' })
    await expect(sent).rejects.toMatchObject({ name: 'NetworkError', message: /not repeated/ })
    expect(sim.messages).toHaveLength(1)
  })
})

describe('a reaction', () => {
  test('is put on what somebody said, and taken away', async () => {
    const done: boolean[] = []
    bot.on('chatbot', async ctx => {
      done.push(await ctx.react('🤔思考中'), await ctx.unreact('🤔思考中'))
    })
    await bot.start()
    await sim.user('Alice').say('hi')
    await sim.until(() => done.length === 2)
    expect(done).toEqual([true, true])
    const [one, other] = sim.calls.filter(({ path }) => path.startsWith('/v1.0/robot/emotion/'))
    expect(one?.path).toBe('/v1.0/robot/emotion/reply')
    expect(other).toMatchObject({ path: '/v1.0/robot/emotion/recall', body: one?.body })
  })

  test('that races with its message is tried again', async () => {
    sim.faults.api({ path: '/v1.0/robot/emotion/reply', fault: { status: 500, body: { code: 'system.err' } } })
    const said = await sim.user('Alice').say('hi')
    const { msgId, conversationId } = said.payload
    expect(await bot.api.react({ msgId, conversationId }, '👍')).toBe(true)
  })

  test.each(['serverError', 'permission', 'html', 'cut'] as const)(
    'never fails the turn, whatever the platform does: %s',
    async fault => {
      sim.faults.api({ path: '/v1.0/robot/emotion/*', fault, times: 10 })
      const errors: unknown[] = []
      bot.on('chatbot', async ctx => {
        const isThere = await ctx.react('👍')
        await ctx.replyText(`reacted: ${isThere}`)
      })
      bot.catch(error => errors.push(error))
      await bot.start()
      const said = await sim.user('Alice').say('hi')
      expect(textOf(await said.reply({ timeout: 10_000 }))).toBe('reacted: false')
      expect(errors).toEqual([])
    },
  )

  test.each([
    { msgId: '', conversationId: 'c' },
    { msgId: 'm', conversationId: '' },
    { msgId: ' ', conversationId: 'c' },
    { msgId: 'm', conversationId: ' ' },
  ])('has nothing to hang on without ids: %j', async message => {
    expect(await bot.api.react(message, '👍')).toBe(false)
    expect(await bot.api.unreact(message, '👍')).toBe(false)
    expect(sim.calls).toEqual([])
  })

  test('is given up after five seconds', async () => {
    vi.useFakeTimers()
    try {
      const calls: ApiCall[] = []
      const call = (call: ApiCall): Promise<never> => {
        calls.push(call)
        return new Promise((_, reject) => call.signal?.addEventListener('abort', () => reject(call.signal?.reason)))
      }
      const silent = { debug() {}, info() {}, warn() {}, error() {} }
      const reactions = createReactions({ call }, () => 'robot', silent)
      const added = reactions.add({ msgId: 'm', conversationId: 'c' }, '👍')
      let isOver = false
      void added.then(() => (isOver = true))
      await vi.advanceTimersByTimeAsync(4_999)
      expect(isOver).toBe(false)
      await vi.advanceTimersByTimeAsync(1)
      expect(await added).toBe(false)
      expect(calls).toHaveLength(1)
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

test('the off-duty prompt is what people see who write while the bot is away', async () => {
  await bot.api.setOffDutyPrompt('九点回来', { title: '下班了', logo: '@lAL1' })
  const [call] = sim.calls.filter(({ path }) => path.endsWith('/away/template/update'))
  expect(call).toMatchObject({ status: 200, body: { cardTemplateId: 'StandardCard', robotCode: sim.clientId } })
  expect(JSON.parse(Object(call?.body).cardData)).toMatchObject({
    header: { title: { type: 'text', text: '下班了' }, logo: '@lAL1' },
    contents: [{ type: 'text', text: '九点回来' }],
  })
})
