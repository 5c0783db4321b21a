import { sayButton } from '@dingware/core'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { cardClient } from '../plugin/client.ts'
import { defineCard } from '../template/define-card.ts'
import { type CardContext, CREATE, createStage, INSTANCES } from '../testing/stage.ts'
import { CAROUSEL_ACTION } from './carousel-card.ts'

describe('a card in which there is nothing to see', () => {
  const blank = ' \u200b'
  const send = {
    'of markdown': ctx => ctx.replyMarkdownCard(blank),
    'with buttons': ctx => ctx.replyMarkdownButtonCard(blank, []),
    'with a button that says nothing': ctx => ctx.replyMarkdownButtonCard('x', [{ text: blank, id: 'a' }]),
    'that asks': ctx => ctx.confirm(blank),
    'that lets choose nothing': ctx => ctx.choose('x', ['a', blank]),
  } satisfies Record<string, (ctx: CardContext) => Promise<unknown>>

  test.each<[name: string, reply: (ctx: CardContext) => Promise<unknown>]>(Object.entries(send))(
    '%s is refused before anything is sent',
    async (_name, reply) => {
      await using stage = await createStage()
      await expect(stage.answer(reply)).rejects.toMatchObject({ code: 'ERR_EMPTY_MESSAGE' })
      expect(stage.sim.cards.size).toBe(0)
    },
  )
})

describe.concurrent('a card', () => {
  test('of markdown is delivered with everything that can be said of it', async () => {
    await using stage = await createStage({ group: 'Team' })
    await stage.answer(ctx =>
      ctx.replyMarkdownCard('# 日报', {
        title: '今天',
        at: 'sender',
        recipients: ['u1'],
        supportForward: false,
        callback: { routeKey: 'route' },
        hosting: 'u2',
        privateData: { u3: { voted: false } },
        cardAtUsers: ['u4'],
        dynamicData: [{ id: 'ds', params: { a: '1' }, every: 6 }],
        topBox: { expiresIn: 60_000, platforms: ['ios', 'mac'] },
        lastMessage: '日报来了',
        extra: { userId: 'u5' },
      }),
    )
    const { conversationId } = stage.sim.group('Team')
    const { userId } = stage.sim.user('Alice 1')
    const [body] = stage.bodies(CREATE)
    expect(body).toMatchObject({
      outTrackId: expect.stringMatching(/^dingware_.{36}$/),
      callbackType: 'HTTP',
      callbackRouteKey: 'route',
      userIdType: 1,
      userId: 'u5',
      cardData: { cardParamMap: { markdown: '# 日报', title: '今天' } },
      privateData: { u3: { cardParamMap: { voted: 'false' } } },
      cardAtUserIds: ['u4'],
      openDynamicDataConfig: {
        dynamicDataSourceConfigs: [
          {
            dynamicDataSourceId: 'ds',
            constParams: { a: '1' },
            pullConfig: { pullStrategy: 'INTERVAL', interval: 6, timeUnit: 'SECONDS' },
          },
        ],
      },
      openSpaceId: `dtv1.card//IM_GROUP.${conversationId};ONE_BOX.${conversationId}`,
      imGroupOpenSpaceModel: { supportForward: false, lastMessageI18n: { ZH_CN: '日报来了' } },
      topOpenSpaceModel: { spaceType: 'ONE_BOX' },
      imGroupOpenDeliverModel: {
        robotCode: stage.sim.clientId,
        atUserIds: { [userId]: 'Alice 1' },
        recipients: ['u1'],
        extension: { hostingRepliedContext: '{"userId":"u2"}' },
      },
      topOpenDeliverModel: { expiredTimeMillis: expect.any(Number), platforms: ['ios', 'mac'] },
    })
  })

  test('on top of a chat alone is no message there, and may ask for all of its data', async () => {
    await using stage = await createStage({ group: 'Team' })
    const own = defineCard('own', v.object({}))
    await stage.answer(ctx =>
      ctx.replyCard(own, {}, { topBox: { only: true, expiresIn: 60_000 }, dynamicData: [{ id: 'ds' }] }),
    )
    const [card] = stage.sim.cards.values()
    expect(card?.spaces.map(({ spaceType }) => spaceType)).toEqual(['ONE_BOX'])
    expect(card?.variables).toEqual({})
  })

  test('mentions all, or people by id', async () => {
    await using stage = await createStage({ group: 'Team' })
    await stage.answer(ctx => ctx.replyMarkdownCard('x', { at: 'all' }))
    await stage.answer(ctx => ctx.replyMarkdownCard('x', { at: ['u1'] }))
    await stage.answer(ctx => ctx.replyMarkdownCard('x', { at: { u1: '小雨' } }))
    expect(stage.bodies(CREATE)).toMatchObject([
      { imGroupOpenDeliverModel: { atUserIds: { '@ALL': '@ALL' } } },
      { imGroupOpenDeliverModel: { atUserIds: { u1: 'u1' } } },
      { imGroupOpenDeliverModel: { atUserIds: { u1: '小雨' } } },
    ])
  })

  test('is created and delivered with two calls on wish', async () => {
    await using stage = await createStage()
    await stage.answer(ctx => ctx.replyMarkdownCard('x', { separately: true }))
    expect(stage.bodies(CREATE)).toEqual([])
    expect(stage.bodies(INSTANCES, 'POST')).toHaveLength(1)
    expect([...stage.sim.cards.values()]).toMatchObject([{ spaces: [{ spaceType: 'IM_ROBOT' }] }])
  })

  test('changes only what an update gives, and is recalled', async () => {
    await using stage = await createStage()
    const card = await stage.answer(ctx => ctx.replyMarkdownCard('旧', { title: '标题' }))
    await card.update({ markdown: '新' }, { privateData: { u1: { seen: true } } })
    expect(stage.sim.cards.get(card.outTrackId)).toMatchObject({
      variables: { markdown: '新', title: '标题' },
      privateVariables: { u1: { seen: 'true' } },
    })
    await card.recall()
    expect(stage.sim.calls.at(-1)).toMatchObject({ path: '/v1.0/robot/otoMessages/batchRecall', status: 200 })
  })

  test('in a group is recalled there', async () => {
    await using stage = await createStage({ group: 'Team' })
    const card = await stage.answer(ctx => ctx.replyMarkdownCard('x'))
    await card.recall()
    expect(stage.sim.calls.at(-1)).toMatchObject({ path: '/v1.0/robot/groupMessages/recall', status: 200 })
  })

  test('with buttons calls back with their ids, or opens their addresses; an update changes them', async () => {
    await using stage = await createStage()
    const card = await stage.answer(ctx =>
      ctx.replyMarkdownButtonCard('请假 3 天', [{ text: '同意', id: 'approve', color: 'blue' }], { tips: '请审批' }),
    )
    const layout = () => JSON.parse(stage.sim.cards.get(card.outTrackId)?.variables.sys_full_json_obj ?? '')
    expect(stage.sim.cards.get(card.outTrackId)?.variables).toMatchObject({ markdown: '请假 3 天', tips: '请审批' })
    expect(layout()).toEqual({ msgButtons: [{ text: '同意', color: 'blue', id: 'approve', request: true }] })
    await card.update({ buttons: [{ text: '详情', url: 'https://example.com' }] })
    expect(layout()).toMatchObject({ msgButtons: [{ text: '详情', url: 'https://example.com' }] })
    expect(stage.sim.cards.get(card.outTrackId)?.variables.markdown).toBe('请假 3 天')
  })

  test('with a carousel shows pictures and a button', async () => {
    await using stage = await createStage()
    await stage.answer(ctx =>
      ctx.replyCarouselCard('选一张', [{ title: '一', image: '@lAL1' }], { buttonText: '就它' }),
    )
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'finished', variables: { staticMsgContent: '选一张' } })
    expect(JSON.parse(card?.variables.sys_full_json_obj ?? '')).toMatchObject({
      msgSlider: [{ title: '一', image: '@lAL1' }],
      msgButtons: [{ text: '就它', id: CAROUSEL_ACTION, request: true }],
    })
  })

  test('of an RPA plugin holds the plan, in which a quote in a name ends nothing', async () => {
    await using stage = await createStage()
    await stage.answer(ctx =>
      ctx.replyRpaPluginCard({
        pluginId: '42',
        pluginVersion: '1.0',
        pluginName: "x'});alert(1);({'a':'",
        abilityName: 'run',
        args: { city: '杭州' },
        goal: '查天气',
        corpId: 'ding1',
      }),
    )
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'finished', variables: { goal: '查天气', processFlag: 'true' } })
    const plan = JSON.parse(card?.variables.plan ?? '')
    expect(plan).toMatchObject({
      corpId: 'ding1',
      planType: 'jsCode',
      pluginInstances: [{ id: 'AGI-EXTENSION-42', version: '1.0' }],
    })
    const called: unknown[] = []
    new Function('dd', plan.plan)({ callPlugin: (call: unknown) => called.push(call) })
    expect(called).toEqual([{ pluginName: "x'});alert(1);({'a':'", abilityName: 'run', args: { city: '杭州' } }])
  })

  test('of a template of one’s own is checked, and sent as text', async () => {
    await using stage = await createStage()
    const leave = defineCard('mine', v.object({ title: v.string(), days: v.number(), items: v.array(v.string()) }))
    const card = await stage.answer(ctx => ctx.replyCard(leave, { title: '请假', days: 3, items: ['a'] }))
    expect(stage.sim.cards.get(card.outTrackId)).toMatchObject({
      templateId: 'mine.schema',
      variables: { title: '请假', days: '3', items: '["a"]' },
    })
    await card.update({ days: 4 })
    expect(stage.sim.cards.get(card.outTrackId)?.variables).toMatchObject({ title: '请假', days: '4' })
    const wrong = stage.answer(ctx => ctx.replyCard(leave, { title: '请假', days: 'x' as never, items: [] }))
    await expect(wrong).rejects.toThrow(/was not sent.*days: .*Correct the data/)
  })

  test('uses other templates and variables, for all cards or for one', async () => {
    const templates = { markdown: { id: 'ours', variables: { markdown: 'body', logo: false } } } as const
    await using stage = await createStage({ cards: { templates } })
    await stage.answer(ctx => ctx.replyMarkdownCard('甲'))
    await stage.answer(ctx => ctx.replyMarkdownCard('乙', { template: { id: 'other.schema' } }))
    expect([...stage.sim.cards.values()]).toMatchObject([
      { templateId: 'ours.schema', variables: { body: '甲' } },
      { templateId: 'other.schema', variables: { body: '乙' } },
    ])
  })

  test('goes to people and groups without an incoming message', async () => {
    await using stage = await createStage()
    await using client = cardClient(stage.bot.api, { robotCode: stage.sim.clientId })
    const [alice, bob] = [stage.sim.user('Alice'), stage.sim.user('Bob')]
    await client.to({ users: [alice.userId, bob.userId] }).sendMarkdown('通知')
    await client.to({ group: stage.sim.group('Team', [alice]).conversationId }).sendMarkdownButtons('审批', [])
    await client
      .to({ privateChat: stage.sim.chat(alice, bob).conversationId })
      .aiCard()
      .finish('你们好')
    expect([...stage.sim.cards.values()].map(({ spaces }) => spaces.map(({ spaceType }) => spaceType))).toEqual([
      ['IM_ROBOT', 'IM_ROBOT'],
      ['IM_GROUP'],
      ['IM_SINGLE'],
    ])
  })

  test('that was sent before is updated by its outTrackId', async () => {
    await using stage = await createStage()
    const { outTrackId } = await stage.answer(ctx => ctx.replyMarkdownCard('甲', { title: '标题' }))
    await using client = cardClient(stage.bot.api)
    await client.card(outTrackId).update({ markdown: '乙' })
    expect([...stage.sim.cards.values()]).toMatchObject([{ variables: { markdown: '乙', title: '标题' } }])
  })

  test('comes from the robot of the bot, or from the one that is given', async () => {
    await using stage = await createStage()
    const { userId } = stage.sim.user('Alice')
    await using client = cardClient(stage.bot.api)
    await client.to({ users: userId }).sendMarkdown('通知')
    await using other = cardClient(stage.bot.api, { robotCode: 'dingother' })
    await other
      .to({ users: userId })
      .sendMarkdown('通知')
      .catch(() => {})
    expect(stage.bodies(CREATE)).toMatchObject([
      { imRobotOpenDeliverModel: { robotCode: stage.sim.clientId } },
      { imRobotOpenDeliverModel: { robotCode: 'dingother' } },
    ])
  })
})

describe('a button that says something', () => {
  const again = sayButton('再来', '/again (全部)')

  test('passes through cards unchanged', async () => {
    await using stage = await createStage()
    await stage.answer(ctx => ctx.replyMarkdownButtonCard('x', [again]))
    const [card] = stage.sim.cards.values()
    const { msgButtons } = JSON.parse(card?.variables.sys_full_json_obj ?? '')
    expect(msgButtons).toEqual([{ text: '再来', color: 'gray', url: again.url, iosUrl: again.url }])
  })

  test('is a link where no card can go, in markdown whose HTML is text', async () => {
    await using stage = await createStage()
    await stage.answer(ctx => ctx.replyMarkdownButtonCard('一\n<b>二</b>', [again]), { outsider: true })
    expect(stage.messages()).toEqual([`一  \n  &lt;b>二&lt;/b>\n\n[再来](${again.url})`])
  })
})
