import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ClickContext, defineAction, lmdbStore, memoryStore } from '@dingware/core'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { carouselAction } from '../kinds/carousel-action.ts'
import { CAROUSEL_ACTION } from '../kinds/carousel-card.ts'
import { defineCard } from '../template/define-card.ts'
import { type CardContext, createFaucet, createStage, INSTANCES, type StageOptions } from '../testing/stage.ts'

const Order = v.object({ orderId: v.string() })
const approve = defineAction('approve', Order)

/** A stage whose bot handles clicks on `approve`. */
async function stageWith(
  onClick: (ctx: ClickContext & CardContext & { data: { orderId: string } }) => unknown,
  options: StageOptions = {},
) {
  return createStage({ ...options, prepare: bot => bot.action(approve, onClick) })
}

describe.concurrent('a button of an action', () => {
  test('brings its data, which no one can see, to the handler; the answer changes the card for all and for the clicker', async () => {
    const seen: unknown[] = []
    await using stage = await stageWith(
      ctx => {
        seen.push(ctx.data)
        ctx.respond({ card: { tips: '已批准' }, private: { voted: true } })
      },
      { group: 'Team' },
    )
    await stage.answer(ctx =>
      ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' }, { color: 'blue' })]),
    )
    const card = await stage.shows(() => true)
    expect(JSON.stringify(card.variables)).not.toContain('42')
    const alice = stage.sim.user('Alice 1')
    const { card: after, ack } = await alice.click(card, '同意')
    expect(seen).toEqual([{ orderId: '42' }])
    expect(after.viewFor(alice)).toMatchObject({ markdown: '订单', tips: '已批准' })
    // It is kept, but this public template has no private variable that would show it.
    expect(after.privateVariables).toEqual({ [alice.userId]: { voted: 'true' } })
    expect(ack.status).toBe('acked')
    expect(stage.sim.violations).toEqual([])
  })

  test('works after a restart with a store that outlives the bot', async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), 'dingware-buttons-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const path = join(folder, 'bot')
    const first = lmdbStore({ path })
    const before = await stageWith(() => {}, { bot: { store: first } })
    await before.answer(ctx => ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' })]))
    const card = await before.shows(() => true)
    await before[Symbol.asyncDispose]()
    await first.close()
    const seen: unknown[] = []
    await using store = lmdbStore({ path })
    await using after = await stageWith(ctx => void seen.push(ctx.data), { bot: { store } })
    const [button] = card.buttonsFor(before.sim.user('Alice 1'))
    const content = JSON.stringify({ cardPrivateData: { actionIds: [button?.id], params: {} } })
    const data = { outTrackId: card.outTrackId, userId: 'u', content }
    const { ack } = await after.sim.push({ type: 'CALLBACK', topic: '/v1.0/card/instances/callback', data })
    expect((await ack).status).toBe('acked')
    expect(seen).toEqual([{ orderId: '42' }])
  })

  test('opens an address where it has one', async () => {
    await using stage = await createStage()
    await stage.answer(ctx =>
      ctx.replyMarkdownButtonCard('x', [approve.button('详情', { orderId: '1' }, { url: 'https://example.com' })]),
    )
    const card = await stage.shows(() => true)
    expect(card.buttonsFor(stage.sim.user('Alice 1'))).toMatchObject([{ text: '详情', url: 'https://example.com' }])
  })

  test('that an update brings has its data too, and those before it keep theirs', async () => {
    const seen: unknown[] = []
    await using stage = await stageWith(ctx => void seen.push(ctx.data.orderId))
    const card = await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', [approve.button('一', { orderId: '1' })]))
    const before = await stage.shows(() => true)
    await card.update({ buttons: [approve.button('二', { orderId: '2' })] })
    for (const button of ['一', '二']) await stage.sim.user('Alice 1').click(before, button)
    expect(seen).toEqual(['1', '2'])
  })

  test('at the end of an AI card works as well', async () => {
    const seen: unknown[] = []
    await using stage = await stageWith(ctx => void seen.push(ctx.data.orderId))
    const buttons = [approve.button('同意', { orderId: '7' })]
    await stage.answer(ctx => ctx.aiCard().finish('好了', { buttons }))
    const card = await stage.shows(({ status }) => status === 'finished')
    await stage.sim.user('Alice 1').click(card, '同意')
    expect(seen).toEqual(['7'])
  })

  test('of a template of one\u2019s own gets its data by the option `actions`', async () => {
    const seen: unknown[] = []
    await using stage = await stageWith(ctx => void seen.push(ctx.data.orderId))
    const own = defineCard('own', v.object({ title: v.string() }))
    const card = await stage.answer(ctx =>
      ctx.replyCard(own, { title: 'x' }, { actions: [approve.button('', { orderId: '9' })] }),
    )
    await stage.sim.user('Alice 1').click(card, 'approve', { orderId: 'forged' })
    expect(seen).toEqual(['9'])
  })
})

describe.concurrent('ctx.card', () => {
  test('is the clicked card: its update goes into the answer while that is open, and never by the API meanwhile', async () => {
    await using stage = await stageWith(async ctx => {
      await ctx.card.update({ markdown: '已批准', buttons: [] })
      await ctx.card.update({ tips: '完成' })
    })
    await stage.answer(ctx => ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' })]))
    const card = await stage.shows(() => true)
    const { response } = await stage.sim.user('Alice 1').click(card, '同意')
    expect(response?.cardData).toMatchObject({ markdown: '已批准' })
    const done = await stage.shows(shown => shown.variables.tips === '完成')
    expect(done.buttonsFor(stage.sim.user('Alice 1'))).toEqual([])
    await stage.sim.until(() => stage.bodies(INSTANCES, 'PUT').length === 1)
    expect(stage.sim.violations).toEqual([])
  })

  test('by whichever way a card is updated during its callback, the platform sees no call of the API in it', async () => {
    await using stage = await stageWith(async ctx => {
      const { outTrackId } = ctx.callback
      const body = {
        outTrackId,
        cardData: { cardParamMap: { tips: 'raw' } },
        cardUpdateOptions: { updateCardDataByKey: true },
      }
      const others = { ...body, privateData: { somebody: { cardParamMap: { tips: 'own' } } } }
      await ctx.api.call({ method: 'PUT', path: INSTANCES, body: others })
      await ctx.api.call({ method: 'PUT', path: INSTANCES, body })
    })
    await stage.answer(ctx => ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' })]))
    const card = await stage.shows(() => true)
    await stage.sim.user('Alice 1').click(card, '同意')
    const after = await stage.shows(shown => shown.variables.tips === 'raw')
    expect(after.privateVariables).toEqual({ somebody: { tips: 'own' } })
    expect(stage.sim.violations).toEqual([])
  })

  test('a click whose handler hangs is answered in time, and what it says later reaches the card', async () => {
    let goOn = (): void => {}
    const hangs = new Promise<void>(resolve => {
      goOn = resolve
    })
    await using stage = await stageWith(async ctx => {
      await hangs
      ctx.respond({ card: { tips: '迟到' }, private: { voted: 1 } })
    })
    await stage.answer(ctx => ctx.replyMarkdownButtonCard('订单', [approve.button('同意', { orderId: '42' })]))
    const card = await stage.shows(() => true)
    const alice = stage.sim.user('Alice 1')
    const { ack, response } = await alice.click(card, '同意')
    expect(ack.status).toBe('acked')
    expect(response).not.toHaveProperty('cardData')
    goOn()
    const after = await stage.shows(shown => shown.variables.tips === '迟到')
    expect(after.viewFor(alice)).toMatchObject({ markdown: '订单' })
    expect(after.privateVariables).toEqual({ [alice.userId]: { voted: '1' } })
    expect(stage.sim.violations).toEqual([])
  })
})

test('the button of a carousel brings the selection to its action, whatever the click carries', async () => {
  const seen: unknown[] = []
  await using stage = await createStage({
    prepare: bot => bot.action(carouselAction(), ctx => void seen.push(ctx.data)),
  })
  await stage.answer(ctx => ctx.replyCarouselCard('选一张', [{ title: '第一张', image: '@lAL1' }]))
  const card = await stage.shows(() => true)
  const alice = stage.sim.user('Alice 1')
  const { ack } = await alice.click(card, CAROUSEL_ACTION, { index: '0', title: '第一张' })
  await alice.click(card, CAROUSEL_ACTION)
  expect(seen).toEqual([
    {
      index: 0,
      title: '第一张',
      params: { id: CAROUSEL_ACTION, text: '提交', index: '0', title: '第一张' },
    },
    { index: undefined, title: undefined, params: { id: CAROUSEL_ACTION, text: '提交' } },
  ])
  expect(ack.status).toBe('acked')
  expect(stage.sim.violations).toEqual([])
})

describe.concurrent('a stop button', () => {
  test('ends the card with what there is, tells the source, and goes', async () => {
    await using stage = await createStage({ group: 'Team' })
    const faucet = createFaucet()
    const streamed = stage.answer(async ctx => {
      const template = { id: 'mine', buttonsIn: ['inputting', 'finished'] } as const
      const card = ctx.aiCard({ template, stopButton: true, buttons: [{ text: '反馈', id: 'feedback' }] })
      const result = await card.stream(faucet)
      return { result, isAborted: card.signal.aborted }
    })
    faucet.give('正在回答')
    const card = await stage.shows(({ variables }) => variables.msgContent === '正在回答')
    const alice = stage.sim.user('Alice 1')
    expect(card.buttonsFor(alice).map(({ text }) => text)).toEqual(['停止', '反馈'])
    const bob = stage.sim.user('Bob')
    stage.sim.group('Team', [bob])
    await bob.click(card, '停止')
    await alice.click(card, '停止')
    expect(await streamed).toMatchObject({ result: { endedBy: 'abort', text: '正在回答' }, isAborted: true })
    const after = await stage.shows(({ status }) => status === 'finished')
    expect(after.buttonsFor(alice).map(({ text }) => text)).toEqual(['反馈'])
    expect(stage.sim.violations).toEqual([])
  })
})

test('a card that nobody can click keeps nothing in the store; one with buttons what clicks need to know, and no more', async () => {
  const store = memoryStore()
  await using stage = await createStage({ bot: { store }, group: 'Team' })
  const kept = async (): Promise<unknown[]> => {
    const entries: unknown[] = []
    for await (const { key, value } of store.list('')) if (key.includes('dingware:card:')) entries.push(value)
    return entries
  }
  await stage.answer(ctx => ctx.replyMarkdownCard('x'))
  expect(await kept()).toEqual([])
  await stage.answer(ctx =>
    ctx.replyMarkdownButtonCard('x', [
      { text: 'y', id: 'z' },
      { text: 'open', url: 'https://a.example' },
    ]),
  )
  const { conversationId } = stage.sim.group('Team')
  expect(await kept()).toEqual([
    {
      templateId: '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
      place: { type: 'group', id: conversationId },
      userIdType: 1,
      owner: expect.any(String),
      labels: { y: 'z' },
      buttons: {},
    },
  ])
})
