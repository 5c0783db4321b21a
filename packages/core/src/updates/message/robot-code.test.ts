import { expect, test } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import { createBot } from '../../bot/bot.ts'
import { createUpdate, TOPICS } from '../update.ts'
import { knownRobotCode } from './robot-code.ts'

const simulated = useSimulator()

test.each([undefined, 'normal', ' normal', 'Normal'])('%j is no code of a robot', code => {
  expect(knownRobotCode(code)).toBeUndefined()
})

test('another text is one', () => {
  expect(knownRobotCode('dingabc')).toBe('dingabc')
})

test('what a custom robot says in place of its code reaches no API', async () => {
  const { sim, newBot } = simulated()
  const { userId } = sim.user('Alice')
  const bot = newBot().on('chatbot', async ctx => {
    await ctx.react('👍')
    await ctx.download().catch(() => {})
    await ctx.api.download('code', { robotCode: ctx.message?.robotCode ?? 'normal' }).catch(() => {})
    await ctx.replyText('hi')
  })
  const content = { downloadCode: 'code' }
  const from = { senderStaffId: userId, conversationId: 'cid', conversationType: '1', robotCode: 'normal' }
  await bot.handle(createUpdate(TOPICS.chatbot, { msgId: 'm', msgtype: 'picture', content, ...from }))
  const bodies = sim.calls.map(({ body }) => JSON.stringify(body))
  expect(bodies.filter(body => body?.includes(sim.clientId)).length).toBeGreaterThan(2)
  expect(bodies.join()).not.toContain('normal')
})

test('a bot cannot be given it either', async () => {
  const bot = createBot({ clientId: 'dingbot', clientSecret: 's', robotCode: 'normal' })
  expect(bot.api.robotCode()).toBe('dingbot')
  await bot.stop()
})
