import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { showCard } from '../../testing/cards.ts'

const BUTTONS = '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema'
const layout = (...msgButtons: object[]): string => JSON.stringify({ msgButtons })
const approve = { text: '同意', id: 'approve~0k1a0', request: true }
const reject = { text: '拒绝', id: 'reject!W10', request: true }
const link = { text: '详情', url: 'https://example.com' }

const withButtons = (sys_full_json_obj: string, cardTemplateId = BUTTONS): object => ({
  cardTemplateId,
  cardData: { cardParamMap: { sys_full_json_obj } },
})
const callIn = ({ payload }: { payload: Readonly<Record<string, unknown>> }) =>
  JSON.parse(String(payload.content)).cardPrivateData

const NODE = /^single_button_node_[a-z]{11}$/

describe('a click on a button from data', () => {
  test('tells the node of the layout, and the button in its params', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout(approve, reject)))
    const alice = sim.user('Alice')
    for (const button of ['同意', approve.id, 'approve']) {
      expect(callIn(await alice.click('trk_1', button))).toEqual({
        actionIds: [expect.stringMatching(NODE)],
        params: { id: approve.id, text: '同意' },
      })
    }
    expect(callIn(await alice.click('trk_1', 'reject')).params).toEqual({ id: reject.id, text: '拒绝' })
    expect(callIn(await alice.click('trk_1', ['forged']))).toEqual({ actionIds: ['forged'], params: {} })
  })

  test('tells one node for one button of one card', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout(approve, reject)))
    const alice = sim.user('Alice')
    const nodes: string[] = []
    for (const button of ['同意', '同意', '拒绝']) nodes.push(callIn(await alice.click('trk_1', button)).actionIds[0])
    expect(nodes[0]).toBe(nodes[1])
    expect(nodes[0]).not.toBe(nodes[2])
  })

  test('tells the text alone where the switch says so, and of a button that has no id', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout(approve, { text: '接单', request: true, params: { id: 'take' } })))
    const alice = sim.user('Alice')
    expect(callIn(await alice.click('trk_1', '接单')).params).toEqual({ text: '接单' })
    sim.switches.clickParams = 'text'
    expect(callIn(await alice.click('trk_1', '同意')).params).toEqual({ text: '同意' })
  })

  test('brings no further params of the button; those of the click come on top', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout({ ...approve, params: { orderId: '7' } })))
    const { params } = callIn(await sim.user('Alice').click('trk_1', '同意', { index: 2 }))
    expect(params).toEqual({ id: approve.id, text: '同意', index: 2 })
  })

  test('is refused where the card has no such button, several, or one that opens an address', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout(approve, { ...approve, id: 'approve~0k1a1' }, link)))
    const alice = sim.user('Alice')
    await expect(alice.click('trk_1', 'yes')).rejects.toThrow('has the buttons "同意" (approve~0k1a0), ')
    await expect(alice.click('trk_1', 'approve')).rejects.toThrow('several buttons')
    await expect(alice.click('trk_1', '详情')).rejects.toThrow('opens https://example.com')
    expect(sim.frames).toEqual([])
  })

  test('takes any id on a template of one’s own, and what is gone on the card as it was', async () => {
    await using sim = await createSimulator()
    const call = await showCard(sim, withButtons(layout(approve), 'own.schema'))
    const alice = sim.user('Alice')
    expect(callIn(await alice.click('trk_1', 'useful'))).toEqual({ actionIds: ['useful'], params: {} })
    const before = sim.cards.get('trk_1') ?? 'trk_1'
    const body = { outTrackId: 'trk_1', cardData: { cardParamMap: { sys_full_json_obj: '{}' } } }
    await call('PUT', '/v1.0/card/instances', body)
    expect(sim.cards.get('trk_1')?.buttonsFor(alice)).toEqual([])
    expect(callIn(await alice.click(before, '同意')).params).toEqual({ id: approve.id, text: '同意' })
  })
})

test('what is not of the form that the templates know is not drawn', async () => {
  await using sim = await createSimulator()
  const strange = [{ title: '同意', action: 'approve' }, { id: 'x' }, { text: '' }, { text: 7, id: 'seven' }]
  await showCard(sim, withButtons(layout(...strange)))
  const alice = sim.user('Alice')
  expect(sim.cards.get('trk_1')?.buttonsFor(alice)).toEqual([])
  await expect(alice.click('trk_1', '同意')).rejects.toThrow('has no buttons')
})

describe('a click on a button group of a template of one’s own', () => {
  const request = (actionId: string, params: object) => ({ type: 'sendCardRequest', params: { actionId, params } })
  const btns = JSON.stringify([
    { text: '允许一次', color: 'green', status: 'normal', event: request('approval', { d: 'once', id: 'exec:1' }) },
    { text: '拒绝', color: 'red', status: 'normal', action: request('approval', { d: 'deny', id: 'exec:1' }) },
    { text: '打开', status: 'normal', event: { type: 'openLink', params: { url: 'https://e.x' } } },
    { text: '以后', status: 'disabled', event: request('later', {}) },
  ])
  const card = { cardTemplateId: 'own.schema', cardData: { cardParamMap: { btns } } }

  test('tells the actionId with its number, and the params of the event', async () => {
    await using sim = await createSimulator()
    await showCard(sim, card)
    const alice = sim.user('Alice')
    expect(callIn(await alice.click('trk_1', '拒绝'))).toEqual({
      actionIds: ['approval1'],
      params: { d: 'deny', id: 'exec:1' },
    })
    sim.switches.buttonIndex = 'none'
    expect(callIn(await alice.click('trk_1', '允许一次')).actionIds).toEqual(['approval'])
  })

  test('is refused for an id that several have, for a link, and for what is disabled', async () => {
    await using sim = await createSimulator()
    await showCard(sim, card)
    const alice = sim.user('Alice')
    await expect(alice.click('trk_1', 'approval')).rejects.toThrow('several buttons')
    await expect(alice.click('trk_1', '打开')).rejects.toThrow('opens https://e.x')
    await expect(alice.click('trk_1', '以后')).rejects.toThrow('is disabled')
  })
})

test('the stop button of 675cde2f tells what its designer gave it, until the card is finished', async () => {
  await using sim = await createSimulator()
  const cardParamMap = { content: '', stop_action: 'true', flowStatus: '2' }
  const templateId = '675cde2f-f526-40cb-b828-f5b2b57b8b77.schema'
  const call = await showCard(sim, { cardTemplateId: templateId, cardData: { cardParamMap } })
  const alice = sim.user('Alice')
  expect(callIn(await alice.click('trk_1', '停止'))).toEqual({ actionIds: ['btn_stop'], params: { action: 'true' } })
  const cardUpdateOptions = { updateCardDataByKey: true }
  const cardData = { cardParamMap: { flowStatus: '3' } }
  await call('PUT', '/v1.0/card/instances', { outTrackId: 'trk_1', cardData, cardUpdateOptions })
  expect(sim.cards.get('trk_1')?.buttonsFor(alice)).toEqual([])
})

test('thumbs and passing on come from components of the platform', async () => {
  await using sim = await createSimulator()
  await showCard(sim)
  const alice = sim.user('Alice')
  const variableKey = expect.stringMatching(/^node_[0-9a-f]{12}_likeOrDislike$/)
  expect(callIn(await alice.feedback('trk_1', 'like'))).toEqual({
    actionIds: ['sys_action_like_component'],
    params: { variableKey, variableValue: 'like' },
  })
  expect(callIn(await alice.feedback('trk_1', 'share')).actionIds).toEqual(['sys_action_ai_card_share'])
})

test('a card tells the buttons that somebody sees', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  const privateData = { [alice.userId]: { cardParamMap: { sys_full_json_obj: layout(link) } } }
  await showCard(sim, { ...withButtons(layout(approve), 'own.schema'), privateData })
  const card = sim.cards.get('trk_1')
  expect(card?.buttonsFor(alice)).toEqual([{ ...link, id: '' }])
  expect(card?.buttonsFor(sim.user('Bob'))).toEqual([{ text: '同意', id: approve.id }])
})
