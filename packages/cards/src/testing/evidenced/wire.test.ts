import { type ApiCall, createBot } from '@dingware/core'
import { testBot } from '@dingware/core/testing'
import { describe, expect, test } from 'vitest'
import { cards } from '../../plugin/cards.ts'
import { cardClient } from '../../plugin/client.ts'
import { CREATE, createStage, INSTANCES } from '../stage.ts'
import { GROUP, template } from './rows.ts'

const AI = '382e4302-551d-4880-bf29-a30acfab2e71'

function bench() {
  const bot = createBot({ robotCode: 'r', throttle: false, autoRetry: false }).use(cards())
  const kit = testBot(bot)
  const bodies = (path: string, method: ApiCall['method'] = 'PUT') =>
    kit.calls.filter(call => call.path === path && call.method === method).map(({ body }) => Object(body))
  const paramsOf = (path: string, method?: ApiCall['method']): Record<string, string>[] =>
    bodies(path, method).map(({ cardData }) => cardData.cardParamMap)
  return { bot, kit, bodies, paramsOf, client: cardClient(bot.api) }
}

describe('an empty title and an empty logo', () => {
  test('are left out of every kind of card', async () => {
    const { bot, kit, paramsOf } = bench()
    const empty = { title: '', logo: '' }
    bot.on('chatbot', async ctx => {
      await ctx.replyMarkdownCard('x', empty)
      await ctx.replyMarkdownButtonCard('x', [], empty)
      await ctx.replyCarouselCard('x', [], empty)
      await ctx.replyCard(template(AI), { msgTitle: '', logo: '', msgContent: '' })
      await ctx.aiCard({ ...empty, data: { msgTitle: '' } }).finish('x')
    })
    await kit.user('Alice').say('hi')
    const all = [...paramsOf(CREATE, 'POST'), ...paramsOf(INSTANCES)]
    expect(paramsOf(CREATE, 'POST')).toHaveLength(5)
    expect(all.flatMap(Object.keys).filter(name => name === 'logo' || name === 'title')).toEqual([])
    expect(paramsOf(CREATE, 'POST').flatMap(Object.keys)).not.toContain('msgTitle')
  })

  test('stay what they are on a template of one’s own, and take a title away in an update', async () => {
    const { client, paramsOf } = bench()
    const card = await client.to(GROUP).send(template('own'), { title: '', logo: '' })
    await card.update({ title: '' })
    expect(paramsOf(CREATE, 'POST')).toEqual([{ title: '', logo: '' }])
    expect(paramsOf(INSTANCES)).toEqual([{ title: '' }])
  })
})

describe('a carousel', () => {
  test('is created in state 1, and gets its pictures with state 3', async () => {
    const { bot, kit, paramsOf } = bench()
    bot.on('chatbot', ctx => ctx.replyCarouselCard('选一张', [{ title: '一', image: '@lAL1' }]))
    await kit.user('Alice').say('hi')
    expect(paramsOf(CREATE, 'POST')).toEqual([{ flowStatus: '1' }])
    expect(paramsOf(INSTANCES)).toMatchObject([{ flowStatus: '3', staticMsgContent: '选一张' }])
  })

  test('that cannot get them fails instead of loading for ever', async () => {
    const { bot, kit, paramsOf } = bench()
    kit.mock(INSTANCES, ({ body }) => {
      if (Object(body).cardData.cardParamMap.flowStatus === '3') throw new Error('param.contentUnsafe')
      return { success: true }
    })
    bot.on('chatbot', ctx => ctx.replyCarouselCard('x', []))
    await expect(kit.user('Alice').say('hi')).rejects.toThrow('param.contentUnsafe')
    expect(paramsOf(INSTANCES).map(({ flowStatus }) => flowStatus)).toEqual(['3', '5'])
  })

  test('of a template without a state is created with them', async () => {
    const { bot, kit, paramsOf } = bench()
    bot.on('chatbot', ctx => ctx.replyCarouselCard('x', [], { template: { id: 'own', variables: { status: false } } }))
    await kit.user('Alice').say('hi')
    expect(paramsOf(CREATE, 'POST')).toMatchObject([{ staticMsgContent: 'x' }])
    expect(paramsOf(INSTANCES)).toEqual([])
  })
})

describe('every update of an AI card carries its status and its kind of ids', () => {
  test('while it is written, when it has ended, and by its id', async () => {
    const { client, bodies, paramsOf } = bench()
    const card = client.to(GROUP).aiCard({ userIds: 'unionId' })
    await card.start()
    await card.update({ title: '新' })
    card.append('x')
    const { cards: shown } = await card.finish()
    await shown[0]?.update({ a: 1 })
    await client.card(shown[0]?.outTrackId ?? '').update({ b: 1 }, { privateData: { u: { c: 1 } } })
    expect(paramsOf(INSTANCES).every(({ flowStatus }) => ['1', '2', '3'].includes(flowStatus ?? ''))).toBe(true)
    expect(paramsOf(INSTANCES).slice(-2)).toEqual([
      { flowStatus: '3', a: '1' },
      { flowStatus: '3', b: '1' },
    ])
    expect(new Set(bodies(INSTANCES).map(({ userIdType }) => userIdType))).toEqual(new Set([2]))
  })

  test('also of one whose text went on in another', async () => {
    const { client, paramsOf } = bench()
    const { cards: shown } = await client
      .to(GROUP)
      .aiCard({ maxLength: 100 })
      .finish(`${'长'.repeat(90)}\n\n${'长'.repeat(90)}`)
    expect(shown).toHaveLength(2)
    await shown[0]?.update({ a: 1 })
    expect(paramsOf(INSTANCES).at(-1)).toEqual({ flowStatus: '3', a: '1' })
  })

  test('and an update that changes nothing is none', async () => {
    const { client, paramsOf } = bench()
    const card = await client.to(GROUP).sendMarkdown('x')
    await card.update({})
    await card.update({ title: undefined }, { privateData: {} })
    expect(paramsOf(INSTANCES)).toEqual([])
  })
})

describe('what the list of chats shows, searches find and notifications say', () => {
  test('goes into the models of the chats', async () => {
    const { client, bodies } = bench()
    const searchSupport = { searchIcon: '@lAL1', searchTypeName: '审批', searchDesc: '请假' }
    const notification = { alertContent: '新的请假申请', notificationOff: false }
    await client
      .to(GROUP)
      .sendMarkdown('x', { lastMessage: { ZH_CN: '请假', EN_US: 'Leave' }, searchSupport, notification })
    await client.to(GROUP).sendMarkdown('x', { searchSupport: { searchTypeName: '{"ZH_CN":"审批"}' } })
    const [first, second] = bodies(CREATE, 'POST')
    const model = {
      supportForward: true,
      lastMessageI18n: { ZH_CN: '请假', EN_US: 'Leave' },
      searchSupport: { ...searchSupport, searchTypeName: '{"ZH_CN":"审批"}' },
      notification,
    }
    expect(first).toMatchObject({ imGroupOpenSpaceModel: model, imRobotOpenSpaceModel: model })
    expect(second.imGroupOpenSpaceModel.searchSupport).toEqual({ searchTypeName: '{"ZH_CN":"审批"}' })
  })

  test.each([
    ['by default in a chat with the robot', { users: 'u' }, {}, 'true'],
    ['not where it says something else', { users: 'u' }, { lastMessage: 'x' }, undefined],
    ['not where that is not wanted', { users: 'u' }, { dynamicSummary: false }, undefined],
    ['not by default in a group', GROUP, {}, undefined],
    ['in a group on wish', GROUP, { dynamicSummary: true }, 'true'],
  ] as const)('follows the card %s', async (_, address, options, expected) => {
    const { client, bodies } = bench()
    await client.to(address).sendMarkdown('x', options)
    const [{ imRobotOpenDeliverModel: robot, imGroupOpenDeliverModel: group }] = bodies(CREATE, 'POST')
    expect((robot ?? group).extension?.dynamicSummary).toBe(expected)
  })
})

test('an answer reaches everybody to whom a card went, each in a private chat; one card alone needs no update', async () => {
  await using stage = await createStage({
    prepare: bot => bot.action('ok', ctx => ctx.respond({ card: { tips: '已处理' } })),
  })
  await using client = cardClient(stage.bot.api, { robotCode: stage.sim.clientId })
  const [alice, bob] = [stage.sim.user('Alice'), stage.sim.user('Bob')]
  const buttons = [{ text: '好', id: 'ok' }]
  const { outTrackId } = await client.to({ users: [alice.userId, bob.userId] }).sendMarkdownButtons('x', buttons)
  await client.to({ users: [alice.userId] }).sendMarkdownButtons('y', buttons)
  const [both, alone] = [...stage.sim.cards.values()]
  if (!both || !alone) throw new Error('There are no cards.')
  await alice.click(alone, '好')
  await alice.click(both, '好')
  await stage.sim.until(() => stage.bodies(INSTANCES, 'PUT').length > 0)
  expect(stage.bodies(INSTANCES, 'PUT')).toMatchObject([{ outTrackId }])
  expect(stage.sim.violations).toEqual([])
})
