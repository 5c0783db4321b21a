import { createBot, defineAction } from '@dingware/core'
import { type TestBot, testBot } from '@dingware/core/testing'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { cards } from '../plugin/cards.ts'
import { aiTemplate675cde2f } from '../template/presets.ts'
import { type CardContext, createFaucet } from '../testing/stage.ts'

/** A bot whose handler notes what it got. */
function kitOf(handler: (ctx: CardContext) => Promise<unknown>): TestBot & { readonly results: readonly unknown[] } {
  const results: unknown[] = []
  const bot = createBot().use(cards())
  bot.on('chatbot', async ctx => void results.push(await handler(ctx)))
  return { ...testBot(bot), results }
}

describe('under the test kit', () => {
  test('a confirm is answered by the text of its buttons, and shows the outcome; no other button can be clicked', async () => {
    const { user, card, results } = kitOf(ctx => ctx.confirm('要重启吗？'))
    const alice = user('Alice')
    const asked = alice.say('hi')
    const question = await card()
    expect(question).toMatchObject({ text: '要重启吗？', buttons: [{ text: '确认' }, { text: '取消' }] })
    await expect(alice.click(question, 'yes')).rejects.toThrow('"确认" (.dingware.0), "取消" (.dingware.1)')
    await alice.click(question, '确认')
    expect((await asked).replies).toMatchObject([{ text: '要重启吗？\n\n✅ 已确认（Alice）', buttons: [] }])
    expect(results).toMatchObject([{ by: { userId: alice.userId } }])
  })

  test('a choice gives the value of the button, and only to the one who was asked', async () => {
    const { user, card, results } = kitOf(ctx => ctx.choose('哪天？', ['周一', { label: '周二', value: 2 }]))
    const asked = user('Alice').in('Team').say('hi')
    const question = await card()
    const denied = await user('Bob').in('Team').click(question, '周一')
    expect(denied.answer.data).toEqual({ response: {} })
    expect(denied.replies).toMatchObject([{ text: '这不是向你提出的问题' }])
    await user('Alice').in('Team').click(question, '周二')
    await asked
    expect(results).toMatchObject([{ value: 2 }])
  })

  test('a form is submitted and given up', async () => {
    const { user, card, results } = kitOf(ctx =>
      ctx.form(
        { title: '请假', fields: [{ name: 'reason', label: '事由', type: 'text' }] },
        v.object({ reason: v.string() }),
      ),
    )
    const alice = user('Alice')
    const first = alice.say('hi')
    await alice.submit(await card(), { reason: '病假' })
    expect((await first).replies).toMatchObject([{ text: '请假\n\n✅ 已提交（Alice）', buttons: [] }])
    const second = alice.say('hi')
    await alice.click(await card(), '取消')
    await second
    expect(results).toMatchObject([{ data: { reason: '病假' } }, false])
  })

  test('an AI card is a reply with its whole text, and can be stopped', async () => {
    const faucet = createFaucet()
    const { user, card, results } = kitOf(ctx =>
      ctx.aiCard({ template: aiTemplate675cde2f, stopButton: true }).stream(faucet),
    )
    const asked = user('Alice').say('hi')
    faucet.give('正在回答')
    await user('Alice').click(await card(), '停止')
    const { replies } = await asked
    expect(replies).toMatchObject([{ msgtype: 'card', text: '正在回答', buttons: [] }])
    expect(results).toMatchObject([{ status: 'stopped' }])
  })

  test('a button of an action brings its data, by its text or by the action', async () => {
    const approve = defineAction('approve', v.object({ orderId: v.string() }))
    const seen: unknown[] = []
    const bot = createBot().use(cards())
    bot.command('order', ctx => ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' })]))
    bot.action(approve, async ctx => {
      seen.push(ctx.data)
      await ctx.card.update({ markdown: '已批准', buttons: [] })
    })
    const { user, card } = testBot(bot)
    const alice = user('Alice')
    await alice.say('/order')
    const order = await card()
    const { replies } = await alice.click(order, '同意')
    await alice.click(order, order.buttons[0]?.id ?? '')
    await alice.say('/order')
    await alice.click(await card(), 'approve')
    expect(replies).toMatchObject([{ text: '已批准', buttons: [] }])
    expect(seen).toEqual(Array(3).fill({ orderId: '42' }))
  })
})
