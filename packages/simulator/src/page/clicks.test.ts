import { expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { showCard } from '../testing/cards.ts'
import { connect, post } from '../testing/client.ts'

const topic = '/v1.0/card/instances/callback'
const callbacks = { subscriptions: [{ type: 'CALLBACK', topic }] }

function press(sim: Simulator, more: object = {}) {
  const body = {
    userId: sim.user('Alice').userId,
    outTrackId: 'trk_1',
    press: { kind: 'own', actionId: 'go', params: { level: '2' } },
    ...more,
  }
  return post(`${sim.url}/_sim/clicks`, body)
}

test('a click waits for the answer, which changes the card', async () => {
  await using sim = await createSimulator()
  await showCard(sim)
  const client = await connect(sim, callbacks)
  const pressed = press(sim)
  const frame = await client.next(topic)
  const content = JSON.stringify({ cardPrivateData: { actionIds: ['go'], params: { level: '2' } } })
  expect(JSON.parse(frame.data)).toMatchObject({ userId: sim.user('Alice').userId, content })
  client.ack(frame, { response: { cardData: { cardParamMap: { title: 'Done' } } } })
  expect(await pressed).toEqual({ status: 200, body: { outcome: 'answered', code: 200, latency: expect.any(Number) } })
  expect(sim.cards.get('trk_1')?.viewFor(sim.user('Alice'))).toEqual({ title: 'Done' })
})

test('what became of it is told', async () => {
  await using sim = await createSimulator()
  await showCard(sim)
  expect(await press(sim)).toMatchObject({ body: { outcome: 'undelivered' } })

  const client = await connect(sim, callbacks)
  const late = press(sim)
  await client.next(topic)
  sim.clock.advance(2_000)
  expect(await late).toMatchObject({ body: { outcome: 'late' } })

  const wrong = press(sim)
  client.ack(await client.next(topic), { response: { cardData: 'what?' } })
  expect(await wrong).toMatchObject({ body: { outcome: 'failed' } })

  const cut = press(sim)
  await client.next(topic)
  client.socket.terminate()
  expect(await cut).toMatchObject({ body: { outcome: 'closed' } })
})

test('a card without callbackType STREAM tells nobody', async () => {
  await using sim = await createSimulator()
  await showCard(sim, { callbackType: undefined })
  expect(await press(sim)).toEqual({ status: 200, body: { outcome: 'silent' } })
})

test.each<[string, object, number]>([
  ['a user who is not there', { userId: 'nobody' }, 404],
  ['a card that is not there', { outTrackId: 'none' }, 404],
  ['a press of no kind', { press: { kind: 'hard', actionId: 'go', params: {} } }, 400],
  ['parameters too long', { press: { kind: 'own', actionId: 'go', params: { text: 'x'.repeat(100_001) } } }, 400],
])('%s', async (_, more, status) => {
  await using sim = await createSimulator()
  await showCard(sim)
  expect(await press(sim, more)).toMatchObject({ status, body: { error: expect.any(String) } })
})

test('who does not see a card cannot click it', async () => {
  await using sim = await createSimulator()
  await showCard(sim)
  const { userId } = sim.user('Mallory')
  expect(await press(sim, { userId })).toMatchObject({ status: 403 })
})

test('a button from data is told as the platform tells of it', async () => {
  await using sim = await createSimulator()
  await showCard(sim)
  const client = await connect(sim, callbacks)
  const pressed = press(sim, { press: { kind: 'layout', id: 'approve', text: '同意' } })
  const frame = await client.next(topic)
  client.ack(frame, { response: {} })
  await pressed
  const { content } = JSON.parse(frame.data)
  expect(JSON.parse(content).cardPrivateData).toEqual({
    actionIds: [expect.stringMatching(/^single_button_node_[a-z]{11}$/)],
    params: { id: 'approve', text: '同意' },
  })
})

test('what a form murmurs comes only where the switch says so', async () => {
  await using sim = await createSimulator({ switches: { formNoise: false } })
  await showCard(sim)
  const client = await connect(sim, callbacks)
  const murmur = { press: { kind: 'own', actionId: 'q1', params: { fromConfig: { fields: [] } } }, isNoise: true }
  expect(await press(sim, murmur)).toEqual({ status: 200, body: { outcome: 'silent' } })
  expect(client.frames).toEqual([])
  sim.switches.formNoise = true
  const heard = press(sim, murmur)
  client.ack(await client.next(topic), { response: {} })
  expect(await heard).toMatchObject({ body: { outcome: 'answered' } })
})
