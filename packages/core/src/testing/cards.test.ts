import { describe, expect, test } from 'vitest'
import type { Api } from '../api/api.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import { type CardState, createdCard, shownCard, updatedCard, viewOf } from './cards.ts'
import { testBot } from './index.ts'

const BUTTONS = '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema'
const AI = '382e4302-551d-4880-bf29-a30acfab2e71.schema'
const layout = (...msgButtons: object[]): string => JSON.stringify({ msgButtons })
const approve = { text: '同意', id: 'approve~0k1a0', request: true }
const reject = { text: '拒绝', id: 'reject~0k1a1', request: true }

/** Sends a card as `ctx` or `bot`, in the forms of the platform. */
async function send({ api }: { api: Api }, cardTemplateId: string, cardParamMap: object, more: object = {}) {
  const body = { outTrackId: 'card', cardTemplateId, cardData: { cardParamMap }, ...more }
  await api.call({ method: 'POST', path: '/v1.0/card/instances/createAndDeliver', body })
}

/** A bot that sends a card when somebody writes, and keeps the ids that are clicked. */
function cardBot(templateId: string, variables: object, more: object = {}): { bot: Bot; clicked: unknown[] } {
  const clicked: unknown[] = []
  const bot = createBot({ logger: { debug() {}, info() {}, warn() {}, error() {} } })
  bot.on('chatbot', ctx => send(ctx, templateId, variables, more))
  bot.on('card', (ctx, next) => {
    const { params, actionIds } = ctx.callback
    clicked.push(params.id ?? actionIds[0])
    return next()
  })
  return { bot, clicked }
}

describe('replies', () => {
  test('have cards as they are in the end of the turn, in order with what was said besides', async () => {
    const bot = createBot().on('chatbot', async ctx => {
      await ctx.replyText('one moment')
      await send(ctx, AI, { msgTitle: 'Answer', sys_full_json_obj: layout(approve) })
      const stream = { outTrackId: 'card', key: 'msgContent', isFull: true }
      for (const content of ['Hel', 'Hello']) {
        await ctx.api.call({ method: 'PUT', path: '/v1.0/card/streaming', body: { ...stream, content } })
      }
      await ctx.api.send({ users: ['boss'] }, { msgtype: 'markdown', title: 'T', text: '# done' })
    })
    const { user, replies } = testBot(bot)
    const turn = await user('Alice').say('hi')
    expect(turn.replies).toMatchObject([
      { msgtype: 'text', text: 'one moment' },
      {
        msgtype: 'card',
        outTrackId: 'card',
        text: 'Answer\n\nHello',
        buttons: [{ text: '同意', id: approve.id }],
        variables: { msgContent: 'Hello' },
      },
      { msgtype: 'markdown', text: '# done' },
    ])
    expect(replies).toEqual(turn.replies)
  })

  test('have the text that streams of a template of one’s own', async () => {
    const bot = createBot().on('chatbot', async ctx => {
      await send(ctx, 'own', { answer: '' })
      const body = { outTrackId: 'card', key: 'answer', content: 'Hello', isFull: true }
      await ctx.api.call({ method: 'PUT', path: '/v1.0/card/streaming', body })
    })
    expect((await testBot(bot).user('Alice').say('hi')).replies).toMatchObject([{ text: 'Hello' }])
  })

  test('of a click have the card that its answer or an update changed', async () => {
    const { bot } = cardBot(BUTTONS, { markdown: 'Order', tips: 'open', sys_full_json_obj: layout(approve) })
    bot.on('card', ctx => ctx.respond({ card: { markdown: 'Approved', sys_full_json_obj: '{}' } }))
    const kit = testBot(bot)
    const alice = kit.user('Alice')
    await alice.say('hi')
    const card = await kit.card()
    const body = {
      outTrackId: 'card',
      cardData: { cardParamMap: { sys_full_json_obj: layout({ text: '完成', id: 'done' }) } },
    }
    const update = { ...body, cardUpdateOptions: { updateCardDataByKey: true } }
    await bot.api.call({ method: 'PUT', path: '/v1.0/card/instances', body: update })
    const { replies } = await alice.click(card, 'done')
    const variables = { markdown: 'Approved', tips: 'open', sys_full_json_obj: '{}' }
    expect(replies).toMatchObject([{ msgtype: 'card', text: 'Approved', buttons: [], variables }])
    expect(kit.replies).toEqual(replies)
  })

  test('leave out what the platform refused', async () => {
    const bot = createBot()
    const { mock, replies } = testBot(bot)
    mock('/v1.0/robot/groupMessages/send', () => {
      throw new Error('no')
    })
    await expect(bot.api.send({ group: 'cid' }, 'hi')).rejects.toThrow('no')
    await bot.api.send({ privateChat: 'cid', coolAppCode: 'app' }, 'hi')
    expect(replies).toMatchObject([{ msgtype: 'text', text: 'hi' }])
  })
})

describe('click()', () => {
  test('takes the text of a button, its id, or the name of its action', async () => {
    const { bot, clicked } = cardBot(BUTTONS, { sys_full_json_obj: layout(approve, reject) })
    const kit = testBot(bot)
    await kit.user('Alice').say('hi')
    for (const button of ['同意', approve.id, 'approve']) await kit.user('Alice').click('card', button)
    expect(clicked).toEqual([approve.id, approve.id, approve.id])
  })

  test('refuses a button that the card does not have, and names those that it has', async () => {
    const { bot, clicked } = cardBot(BUTTONS, { sys_full_json_obj: layout(approve, reject) })
    const kit = testBot(bot)
    await kit.user('Alice').say('hi')
    const click = kit.user('Alice').click('card', 'yes')
    await expect(click).rejects.toThrow('has the buttons "同意" (approve~0k1a0), "拒绝" (reject~0k1a1), and none')
    expect(clicked).toEqual([])
  })

  test('refuses what several buttons are called, and what opens an address', async () => {
    const again = { ...approve, text: '好', id: 'approve~0k1a2' }
    const link = { text: '详情', url: 'https://example.com' }
    const { bot } = cardBot(BUTTONS, { sys_full_json_obj: layout(approve, again, link) })
    const kit = testBot(bot)
    await kit.user('Alice').say('hi')
    await expect(kit.user('Alice').click('card', 'approve')).rejects.toThrow('several buttons')
    await expect(kit.user('Alice').click('card', '详情')).rejects.toThrow('opens https://example.com')
  })

  test('sends any id where the template or the card is not known', async () => {
    const { bot, clicked } = cardBot('own', { sys_full_json_obj: layout(approve) })
    const kit = testBot(bot)
    await kit.user('Alice').say('hi')
    for (const button of ['useful', '同意']) await kit.user('Alice').click('card', button)
    await kit.user('Alice').click('elsewhere', 'yes')
    expect(clicked).toEqual(['useful', approve.id, 'yes'])
  })

  test('clicks what only one person sees, and what is gone on the card as it was', async () => {
    const privateData = { 'user-Bob': { cardParamMap: { sys_full_json_obj: layout(reject) } } }
    const own = cardBot('own.schema', { sys_full_json_obj: layout(approve) }, { privateData })
    const ofOwn = testBot(own.bot)
    await ofOwn.user('Alice').say('hi')
    await ofOwn.user('Bob').click(await ofOwn.card(), '拒绝')
    expect(own.clicked).toEqual([reject.id])
    const { bot, clicked } = cardBot(BUTTONS, { sys_full_json_obj: layout(approve) }, { privateData })
    const kit = testBot(bot)
    await kit.user('Alice').say('hi')
    const before = await kit.card()
    // This public template has no private variables: what is meant for Bob alone stays unseen.
    await expect(kit.user('Bob').click(before, '拒绝')).rejects.toThrow('Nothing was clicked')
    const body = { outTrackId: 'card', cardData: { cardParamMap: { sys_full_json_obj: '{}' } } }
    await bot.api.call({ method: 'PUT', path: '/v1.0/card/instances', body })
    await kit.user('Alice').click(before, '同意')
    await expect(kit.user('Alice').click('card', '同意')).rejects.toThrow('has no buttons')
    expect(clicked).toEqual([approve.id])
  })
})

test('the public AI template draws nothing after an update without flowStatus, and hides buttons in state 1', () => {
  const cardParamMap = { msgTitle: 'Hi', flowStatus: '3', sys_full_json_obj: layout(approve) }
  const changed = (before: CardState, values: object) =>
    updatedCard(before, { cardData: { cardParamMap: values }, cardUpdateOptions: { updateCardDataByKey: true } })
  const created = createdCard({ outTrackId: 'card', cardTemplateId: AI, cardData: { cardParamMap } })
  expect(shownCard(created)).toMatchObject({ text: 'Hi', buttons: [{ text: '同意' }] })
  const blank = changed(created, { msgTitle: 'Done' })
  expect(shownCard(blank)).toMatchObject({ text: '', buttons: [] })
  expect(viewOf(blank, 'user-Alice')).toEqual({})
  const loading = changed(blank, { flowStatus: '1' })
  expect(shownCard(loading)).toMatchObject({ text: 'Done', buttons: [] })
  expect(shownCard(changed(loading, { flowStatus: '3' }))).toMatchObject({ buttons: [{ text: '同意' }] })
})

/** What the public form shows (soimy/openclaw-channel-dingtalk: ask-user template). */
const FORM = 'c2a6355b-9724-4f7e-9653-d33fcb3311bb.schema'
const question = {
  form: JSON.stringify({ fields: [{ name: 'reason', label: '事由', type: 'TEXT' }] }),
  question_id: 'question-1',
  form_btn_text: '提交',
  card_status: 'pending',
}

test('submit() submits a form, and its buttons can be clicked by their texts', async () => {
  const { bot, clicked } = cardBot(FORM, question)
  const seen: unknown[] = []
  bot.on('card', ({ callback: { form, isCancelled } }) => void seen.push({ form, isCancelled }))
  const kit = testBot(bot)
  const alice = kit.user('Alice')
  await alice.say('hi')
  const form = await kit.card()
  await alice.submit(form, { reason: '病假' })
  await alice.click(form, '提交')
  await alice.click(form, '取消')
  expect(seen).toEqual([
    { form: { reason: '病假' }, isCancelled: false },
    { form: {}, isCancelled: false },
    { form: undefined, isCancelled: true },
  ])
  expect(clicked).toEqual(['question-1', 'question-1', 'question-1'])
})

test('variables of other names make no form: nobody knows the buttons of such a template', async () => {
  const { bot, clicked } = cardBot('own', { fields: '[]', submitText: '提交', cancelText: '取消', status: '' })
  const kit = testBot(bot)
  const alice = kit.user('Alice')
  await alice.say('hi')
  const card = await kit.card()
  expect(card.buttons).toEqual([])
  await alice.click(card, '提交')
  expect(clicked).toEqual(['提交'])
})

describe('card()', () => {
  test('gives each card once, also one that comes while the act still runs', async () => {
    let goOn = (): void => {}
    const gate = new Promise<void>(resolve => {
      goOn = resolve
    })
    const bot = createBot().on('chatbot', async ctx => {
      await send(ctx, BUTTONS, {})
      await gate
      await send(ctx, BUTTONS, {}, { outTrackId: 'second' })
    })
    const kit = testBot(bot)
    const asked = kit.user('Alice').say('hi')
    expect(await kit.card()).toMatchObject({ msgtype: 'card', outTrackId: 'card' })
    goOn()
    await asked
    expect(await kit.card()).toMatchObject({ outTrackId: 'second' })
  })

  test('rejects when every act has ended without one, and tells what came instead', async () => {
    const bot = createBot().on('chatbot', ctx => ctx.replyText('no card today'))
    const kit = testBot(bot)
    const said = kit.user('Alice').say('hi')
    await expect(kit.card()).rejects.toThrow('text "no card today"')
    await said
    await expect(kit.card()).rejects.toThrow('There is no other card')
  })
})

test('what needs a robotCode has a stand-in where the bot was given none', async () => {
  const before = createBot({ clientId: '', clientSecret: '' })
  expect(() => before.api.robotCode()).toThrow('without its credential')
  const codes = [{}, { clientId: 'ding1' }, { robotCode: 'robot1' }].map(async options => {
    const bot = createBot({ clientId: '', clientSecret: '', ...options })
    const { calls } = testBot(bot)
    await bot.api.send({ users: ['u'] }, 'hi')
    return calls[0]?.body
  })
  expect(await Promise.all(codes)).toMatchObject([
    { robotCode: 'test-robot' },
    { robotCode: 'ding1' },
    { robotCode: 'robot1' },
  ])
})
