import { describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { showCard } from '../testing/cards.ts'

const BUTTONS = '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema'
const layout = (...msgButtons: object[]): string => JSON.stringify({ msgButtons })
const approve = { text: '同意', id: 'approve~0k1a0', request: true }
const reject = { text: '拒绝', id: 'reject!W10', request: true }
const link = { text: '详情', url: 'https://example.com' }

const withButtons = (sys_full_json_obj: string, cardTemplateId = BUTTONS): object => ({
  cardTemplateId,
  cardData: { cardParamMap: { sys_full_json_obj } },
})
const idsIn = ({ payload }: { payload: Readonly<Record<string, unknown>> }): unknown =>
  JSON.parse(String(payload.content)).cardPrivateData.actionIds

describe('a click', () => {
  test('takes the text of a button, its id, or the name of its action; a list is sent as it is', async () => {
    await using sim = await createSimulator()
    await showCard(sim, withButtons(layout(approve, reject)))
    const alice = sim.user('Alice')
    for (const button of ['同意', approve.id, 'approve']) {
      expect(idsIn(await alice.click('trk_1', button))).toEqual([approve.id])
    }
    expect(idsIn(await alice.click('trk_1', 'reject'))).toEqual([reject.id])
    expect(idsIn(await alice.click('trk_1', ['forged']))).toEqual(['forged'])
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
    expect(idsIn(await alice.click('trk_1', 'useful'))).toEqual(['useful'])
    const before = sim.cards.get('trk_1') ?? 'trk_1'
    const body = { outTrackId: 'trk_1', cardData: { cardParamMap: { sys_full_json_obj: '{}' } } }
    await call('PUT', '/v1.0/card/instances', body)
    expect(sim.cards.get('trk_1')?.buttonsFor(alice)).toEqual([])
    expect(idsIn(await alice.click(before, '同意'))).toEqual([approve.id])
  })

  test('on a button of a form brings what forms bring', async () => {
    await using sim = await createSimulator()
    const cardParamMap = { fields: '[]', submitText: '提交', cancelText: '取消', status: '' }
    await showCard(sim, { cardTemplateId: 'dingware-form.schema', cardData: { cardParamMap } })
    const clicks = ['提交', '取消'].map(text => sim.user('Alice').click('trk_1', text))
    const contents = (await Promise.all(clicks)).map(({ payload }) => JSON.parse(String(payload.content)))
    expect(contents).toEqual([
      { cardPrivateData: { actionIds: ['submit'], params: { form: {} } } },
      { cardPrivateData: { actionIds: ['cancel'], params: { user_cancel: 'true' } } },
    ])
  })
})

test('a card tells the buttons that somebody sees', async () => {
  await using sim = await createSimulator()
  const alice = sim.user('Alice')
  const privateData = { [alice.userId]: { cardParamMap: { sys_full_json_obj: layout(link) } } }
  await showCard(sim, { ...withButtons(layout(approve)), privateData })
  const card = sim.cards.get('trk_1')
  expect(card?.buttonsFor(alice)).toEqual([{ ...link, id: '' }])
  expect(card?.buttonsFor(sim.user('Bob'))).toEqual([{ text: '同意', id: approve.id }])
})
