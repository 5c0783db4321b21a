import { defineAction } from '@dingware/core'
import type { Switches } from '@dingware/simulator'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { carouselAction } from '../kinds/carousel-action.ts'
import {
  type CardContext,
  CREATE,
  createFaucet,
  createStage,
  INSTANCES,
  type Stage,
  type StageOptions,
} from '../testing/stage.ts'

/** How clicks come, as far as captures differ; and what the documents promise alone. */
const WAYS: Readonly<Record<string, Partial<Switches>>> = {
  'with id and text': {},
  'with the text alone': { clickParams: 'text' },
  'with the documented fields alone': { clickShape: 'minimal' },
  'with the documented fields and the text alone': { clickShape: 'minimal', clickParams: 'text' },
  'with `value` instead of `content`': { clickShape: 'valueOnly', clickParams: 'text' },
  'with a prefixed space': { spaceIdForm: 'prefixed' },
  'with im_group': { spaceType: 'im_group' },
  'with the conversation of a private chat': { privateSpaceId: 'conversationId' },
}

const PLACES = { 'in a group': 'Team', 'in a private chat': undefined } as const

const approve = defineAction('approve', v.object({ orderId: v.string() }))

/** Runs a handler, and gives the card that it shows. */
async function shown<T>(stage: Stage, handler: (ctx: CardContext) => Promise<T>) {
  const before = stage.sim.cards.size
  const outcome = stage.answer(handler)
  outcome.catch(() => {})
  await stage.sim.until(() => stage.sim.cards.size > before)
  return { outcome, card: await stage.shows(() => true) }
}

describe.each(Object.entries(PLACES))('%s', (_, group) => {
  describe.concurrent.each(Object.entries(WAYS))('clicks that come %s', (_, switches) => {
    const stageFor = (options: StageOptions = {}): Promise<Stage> =>
      createStage({ ...options, sim: { switches }, ...(group && { group }) })

    test('answer a confirm', async () => {
      await using stage = await stageFor()
      const { outcome, card } = await shown(stage, ctx => ctx.confirm('要重启吗？'))
      const alice = stage.sim.user('Alice 1')
      await alice.click(card, '确认')
      expect(await outcome).toMatchObject({ by: { userId: alice.userId } })
      await stage.shows(({ variables }) => variables.markdown === '要重启吗？\n\n✅ 已确认（Alice 1）')
      expect(stage.sim.violations).toEqual([])
    })

    test('choose', async () => {
      await using stage = await stageFor()
      const { outcome, card } = await shown(stage, ctx => ctx.choose('哪天？', ['周一', { label: '周二', value: 2 }]))
      await stage.sim.user('Alice 1').click(card, '周二')
      expect(await outcome).toMatchObject({ value: 2 })
    })

    test('run an action with its data, and reply where they happened', async () => {
      const seen: unknown[] = []
      await using stage = await stageFor({
        prepare: bot =>
          bot.action(approve, async ctx => {
            seen.push(ctx.data)
            expect(ctx.chat?.type).toBe(group ? 'group' : 'private')
            await ctx.replyText('done')
          }),
      })
      await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', [approve.button('同意', { orderId: '42' })]))
      await stage.sim.user('Alice 1').click(await stage.shows(() => true), '同意')
      await stage.sim.expectReply('done')
      expect(stage.sim.messages.at(-1)?.conversationId).toBe(stage.sim.messages[0]?.conversationId)
      expect(seen).toEqual([{ orderId: '42' }])
    })

    test('run the handler of an id', async () => {
      const seen: unknown[] = []
      await using stage = await stageFor({ prepare: bot => bot.action('z', ctx => void seen.push(ctx.match[0])) })
      await stage.answer(ctx =>
        ctx.replyMarkdownButtonCard('x', [
          { text: 'y', id: 'z' },
          { text: 'other', id: 'w' },
        ]),
      )
      await stage.sim.user('Alice 1').click(await stage.shows(() => true), 'y')
      await stage.sim.user('Alice 1').click(await stage.shows(() => true), 'other')
      expect(seen).toEqual(['z'])
    })

    test('choose in a carousel', async () => {
      const seen: unknown[] = []
      await using stage = await stageFor({
        prepare: bot => bot.action(carouselAction(), ctx => void seen.push(ctx.data.index)),
      })
      await stage.answer(ctx => ctx.replyCarouselCard('选', [{ title: '一', image: '@lAL1' }], { buttonText: '就它' }))
      await stage.sim.user('Alice 1').click(await stage.shows(() => true), '就它', { index: '0' })
      expect(seen).toEqual([0])
    })

    test('stop an AI card', async () => {
      await using stage = await stageFor()
      const faucet = createFaucet()
      const { outcome } = await shown(stage, ctx =>
        ctx.aiCard({ stopButton: true, template: { buttonsIn: ['inputting'] } }).stream(faucet),
      )
      faucet.give('正在回答')
      const card = await stage.shows(({ variables }) => variables.msgContent === '正在回答')
      await stage.sim.user('Alice 1').click(card, '停止')
      expect(await outcome).toMatchObject({ endedBy: 'abort', text: '正在回答' })
    })

    test('fill in a form, and what a form says beside it is no answer', async () => {
      await using stage = await stageFor()
      const fields = [{ name: 'days', label: '天数', type: 'select', options: ['1', '2'] }] as const
      const { outcome, card } = await shown(stage, ctx =>
        ctx.form({ title: '请假', fields }, v.object({ days: v.string() })),
      )
      const alice = stage.sim.user('Alice 1')
      await alice.submit(card, { days: '2' })
      expect(await outcome).toMatchObject({ data: { days: '2' }, by: { userId: alice.userId } })
      await stage.shows(({ variables }) => variables.card_status === 'submitted')
    })
  })
})

describe.concurrent('a click that does not tell which of two buttons was meant', () => {
  test('runs neither', async () => {
    const seen: unknown[] = []
    const warnings: string[] = []
    const logger = { debug() {}, info() {}, warn: (text: string) => void warnings.push(text), error() {} }
    await using stage = await createStage({
      sim: { switches: { clickParams: 'text' } },
      bot: { logger },
      prepare: bot => bot.action(/.*/, ctx => void seen.push(ctx.match[0])),
    })
    const sameLabels = [
      { text: '同意', id: 'a' },
      { text: '同意', id: 'b' },
    ]
    for (let times = 0; times < 2; times++) await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', sameLabels))
    const { ack } = await stage.sim.user('Alice 2').click(await stage.shows(() => true), 'a')
    expect(ack.status).toBe('acked')
    expect(seen).toEqual([])
    expect(warnings.filter(text => text.includes('say "同意"'))).toHaveLength(1)
  })
})

test('an update adds its buttons, and an old one still means what it said', async () => {
  const seen: unknown[] = []
  await using stage = await createStage({
    sim: { switches: { clickParams: 'text' } },
    prepare: bot => bot.action(/.*/, ctx => void seen.push(ctx.match[0])),
  })
  const card = await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', [{ text: '一', id: 'first' }]))
  const before = await stage.shows(() => true)
  await card.update({ buttons: [{ text: '二', id: 'second' }] })
  for (const text of ['一', '二']) {
    const content = JSON.stringify({
      cardPrivateData: { actionIds: ['single_button_node_ocm3k8x2vq1'], params: { text } },
    })
    const data = { type: 'actionCallback', outTrackId: before.outTrackId, corpId: 'c', userId: 'u', content }
    const { ack } = await stage.sim.push({ type: 'CALLBACK', topic: '/v1.0/card/instances/callback', data })
    await ack
  }
  expect(seen).toEqual(['first', 'second'])
})

test('the thumbs of an AI card press no button of the bot', async () => {
  const seen: unknown[] = []
  await using stage = await createStage({
    prepare: bot =>
      bot.action(/.*/, ctx => void seen.push(ctx.match[0])).on('card', ctx => void seen.push(ctx.callback.actionIds)),
  })
  await stage.answer(ctx => ctx.aiCard({ buttons: [{ text: '反馈', id: 'feedback' }] }).finish('好了'))
  const card = await stage.shows(({ status }) => status === 'finished')
  await stage.sim.user('Alice 1').feedback(card, 'like')
  expect(seen).toEqual([['sys_action_like_component']])
})

test('every update of an AI card that was clicked carries its status, and keeps its order when its buttons go', async () => {
  await using stage = await createStage({
    group: 'Team',
    prepare: bot =>
      bot.action('feedback', async ctx => {
        ctx.respond({ card: { msgTitle: '谢谢' } })
        await ctx.card.update({ buttons: [] })
      }),
  })
  const faucet = createFaucet()
  const streamed = stage.answer(ctx =>
    ctx
      .aiCard({ buttons: [{ text: '反馈', id: 'feedback' }], template: { buttonsIn: ['inputting', 'finished'] } })
      .stream(faucet),
  )
  faucet.give('正在回答')
  const card = await stage.shows(({ variables }) => variables.msgContent === '正在回答')
  const updatesOf = (status: string) =>
    stage
      .bodies(INSTANCES, 'PUT')
      .map(({ cardData }) => Object(cardData).cardParamMap)
      .filter(({ flowStatus }) => flowStatus === status)
  await stage.sim.user('Alice 1').click(card, '反馈')
  await stage.sim.until(() => updatesOf('2').some(({ sys_full_json_obj: layout = '' }) => /^\{"order"/.test(layout)))
  await stage.sim.until(() => updatesOf('2').some(({ msgTitle }) => msgTitle === '谢谢'))
  faucet.end()
  await streamed
  const before = updatesOf('3').length
  await stage.sim.user('Alice 1').click(await stage.shows(({ status }) => status === 'finished'), '反馈')
  await stage.sim.until(() => updatesOf('3').length > before)
  const all = stage.bodies(INSTANCES, 'PUT').map(({ cardData }) => Object(cardData).cardParamMap)
  expect(all.filter(({ flowStatus }) => flowStatus === undefined)).toEqual([])
})

test('a card that is sent with unionIds goes to the unionId, mentions by it, and its clicks are the sender’s', async () => {
  const seen: unknown[] = []
  await using stage = await createStage({ prepare: bot => bot.action('z', ctx => void seen.push(ctx.from)) })
  await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', [{ text: 'y', id: 'z' }], { userIds: 'unionId' }))
  const alice = stage.sim.user('Alice 1')
  expect(stage.bodies(CREATE)).toMatchObject([{ userIdType: 2, openSpaceId: `dtv1.card//IM_ROBOT.${alice.unionId}` }])
  await alice.click(await stage.shows(() => true), 'y')
  expect(seen).toMatchObject([{ unionId: alice.unionId, staffId: alice.userId }])
})
