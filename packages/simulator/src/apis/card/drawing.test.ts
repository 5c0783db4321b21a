import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import type { Call } from '../../testing/api.ts'
import { showCard } from '../../testing/cards.ts'
import { AI_TEMPLATE, BUTTON_TEMPLATE } from './buttons.ts'

const buttons = JSON.stringify({ msgButtons: [{ text: '同意', id: 'agree', request: true }] })
const content = { msgTitle: 'Hi', staticMsgContent: 'sure?', sys_full_json_obj: buttons }
const byKey = { cardUpdateOptions: { updateCardDataByKey: true } }

function aiCard(sim: Simulator, cardParamMap: object): Promise<Call> {
  return showCard(sim, { cardTemplateId: `${AI_TEMPLATE}.schema`, cardData: { cardParamMap } })
}

function put(call: Call, cardParamMap: object, more: object = {}) {
  return call('PUT', '/v1.0/card/instances', { outTrackId: 'trk_1', cardData: { cardParamMap }, ...more })
}

function seenBy(sim: Simulator, nick: string) {
  const card = sim.cards.get('trk_1')
  const viewer = sim.user(nick)
  return { view: card?.viewFor(viewer), buttons: card?.buttonsFor(viewer).map(({ text }) => text) }
}

describe('the public AI template', () => {
  test.each([
    ['key by key', byKey],
    ['as a whole', {}],
  ])('draws nothing after an update without flowStatus, %s, and again with one', async (_, options) => {
    await using sim = await createSimulator()
    const call = await aiCard(sim, { ...content, flowStatus: '3' })
    expect(seenBy(sim, 'Alice')).toMatchObject({ view: content, buttons: ['同意'] })
    expect(sim.violations).toEqual([])
    expect((await put(call, { msgTitle: 'Done' }, options)).status).toBe(200)
    expect(seenBy(sim, 'Alice')).toEqual({ view: {}, buttons: [] })
    expect(sim.messages).toMatchObject([{ content: { variables: {} } }])
    expect(sim.violations).toMatchObject([{ reason: expect.stringContaining('without flowStatus') }])
    await put(call, { ...content, flowStatus: '3' }, options)
    expect(seenBy(sim, 'Alice')).toMatchObject({ view: content, buttons: ['同意'] })
  })

  test('hides its buttons in state 1', async () => {
    await using sim = await createSimulator()
    const call = await aiCard(sim, { ...content, flowStatus: '1' })
    expect(seenBy(sim, 'Alice').buttons).toEqual([])
    await expect(sim.user('Alice').click('trk_1', '同意')).rejects.toThrow('has no buttons')
    await put(call, { flowStatus: '3' }, byKey)
    expect(seenBy(sim, 'Alice').buttons).toEqual(['同意'])
  })

  test('is drawn again by a frame of its stream', async () => {
    await using sim = await createSimulator()
    const call = await aiCard(sim, { flowStatus: '1' })
    await put(call, { msgTitle: 'Hi' }, byKey)
    const frame = { outTrackId: 'trk_1', guid: 'g1', key: 'msgContent', content: 'words', isFull: true }
    await call('PUT', '/v1.0/card/streaming', frame)
    expect(seenBy(sim, 'Alice').view).toMatchObject({ msgContent: 'words' })
  })
})

test.each([
  ['the AI template', AI_TEMPLATE, false],
  ['the template with buttons', BUTTON_TEMPLATE, false],
  ['a template of one’s own', 'own', true],
])('private data is seen where the template may have private variables: %s', async (_, template, isSeen) => {
  await using sim = await createSimulator()
  const { userId } = sim.user('Alice')
  await showCard(sim, {
    cardTemplateId: `${template}.schema`,
    cardData: { cardParamMap: { flowStatus: '3', title: 'all' } },
    privateData: { [userId]: { cardParamMap: { title: 'you' } } },
  })
  expect(sim.cards.get('trk_1')?.privateVariables).toEqual({ [userId]: { title: 'you' } })
  expect(seenBy(sim, 'Alice').view).toMatchObject({ title: isSeen ? 'you' : 'all' })
})
