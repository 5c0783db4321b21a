import { describe, expect, test } from 'vitest'
import { createSimulator } from '../../simulator.ts'
import { showCard } from '../../testing/cards.ts'
import { connect } from '../../testing/client.ts'

const PATH = '/v1.0/card/instances'
const byKey = { cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true } }

describe('changing variables', () => {
  test.each([
    ['all of them, by default', {}, { status: 'done' }],
    ['key by key, when told', byKey, { title: 'Hi', count: '3', status: 'done' }],
  ])('%s', async (_, options, variables) => {
    await using sim = await createSimulator()
    const call = await showCard(sim)
    const body = { outTrackId: 'trk_1', cardData: { cardParamMap: { status: 'done' } }, ...options }
    expect(await call('PUT', PATH, body)).toMatchObject({ status: 200, body: { success: true, result: true } })
    expect(sim.cards.get('trk_1')?.variables).toEqual(variables)
    expect(sim.messages).toMatchObject([{ content: { kind: 'card', variables } }])
  })

  test('of one person, whom alone they concern', async () => {
    await using sim = await createSimulator()
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    const call = await showCard(sim, {
      privateData: { [alice.userId]: { cardParamMap: { voted: 'false', title: 'You' } } },
    })
    const change = (more: object) =>
      call('PUT', PATH, {
        outTrackId: 'trk_1',
        privateData: { [alice.userId]: { cardParamMap: { voted: 'true' } } },
        ...more,
      })
    const seen = () => sim.cards.get('trk_1')?.viewFor(alice)
    await change(byKey)
    expect(seen()).toEqual({ title: 'You', count: '3', voted: 'true' })
    await change({})
    expect(seen()).toEqual({ title: 'Hi', count: '3', voted: 'true' })
    expect(sim.cards.get('trk_1')?.viewFor(bob)).toEqual({ title: 'Hi', count: '3' })
  })

  test('flowStatus tells where the card stands', async () => {
    await using sim = await createSimulator()
    const call = await showCard(sim)
    const status = async (flowStatus: string) => {
      await call('PUT', PATH, { outTrackId: 'trk_1', cardData: { cardParamMap: { flowStatus } }, ...byKey })
      return sim.cards.get('trk_1')?.status
    }
    const seen = []
    for (const value of ['1', '2', '3', '4', '5', 'x']) seen.push(await status(value))
    expect(seen).toEqual(['processing', 'inputting', 'finished', 'executing', 'failed', 'failed'])
  })
})

describe('what is refused', () => {
  test.each<[string, object, string]>([
    ['no card', { outTrackId: undefined }, 'param.outTrackIdEmpty'],
    ['an unknown card', { outTrackId: 'trk_2' }, 'param.cardNotExist'],
    ['nothing to change', { cardData: { cardParamMap: {} } }, 'param.cardDataAndPrivateDataBothEmpty'],
    ['a number', { cardData: { cardParamMap: { count: 4 } } }, 'MissingStringValue'],
  ])('%s', async (_, more, code) => {
    await using sim = await createSimulator()
    const call = await showCard(sim)
    const body = { outTrackId: 'trk_1', cardData: { cardParamMap: { count: '4' } }, ...more }
    expect(await call('PUT', PATH, body)).toMatchObject({ status: 400, body: { code } })
    expect(sim.cards.get('trk_1')?.variables).toEqual({ title: 'Hi', count: '3' })
  })
})

test('an update while a callback waits is watched for, when the switch says so', async () => {
  await using sim = await createSimulator({ switches: { watchUpdatesInCallback: true } })
  const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/card/instances/callback' }] })
  const call = await showCard(sim)
  const update = () => call('PUT', PATH, { outTrackId: 'trk_1', cardData: { cardParamMap: { a: 'b' } } })
  await update()
  expect(sim.violations).toEqual([])
  const clicked = sim.user('Alice').click('trk_1', 'go')
  const frame = await client.next('/v1.0/card/instances/callback')
  await update()
  expect(sim.violations).toMatchObject([{ reason: expect.stringContaining('trk_1 was updated by API while') }])
  client.ack(frame, { response: {} })
  await clicked
})
