import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator } from '../../simulator.ts'
import { showCard } from '../../testing/cards.ts'
import { connect } from '../../testing/client.ts'

const topic = '/v1.0/card/instances/callback'
const cards = { subscriptions: [{ type: 'CALLBACK', topic }] }

test('a click arrives with the fields of the platform', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, cards)
  await showCard(sim)
  const alice = sim.user('Alice')
  const clicked = alice.click('trk_1', 'approve', { level: '2', join: true })
  const frame = await client.next(topic)
  const content = '{"cardPrivateData":{"actionIds":["approve"],"params":{"level":"2","join":true}}}'
  expect(JSON.parse(frame.data)).toEqual({
    type: 'actionCallback',
    outTrackId: 'trk_1',
    corpId: 'dingsimulator00000001',
    userId: alice.userId,
    userIdType: 1,
    spaceType: 'im',
    spaceId: sim.group('Team').conversationId,
    extension: '{}',
    content,
    value: content,
  })
  client.ack(frame, { response: {} })
  expect(await clicked).toMatchObject({ ack: { status: 'acked' }, response: {}, card: { variables: { title: 'Hi' } } })
})

test.each<[string, unknown]>([
  [
    'null for what does not change, as the official Go client',
    { cardUpdateOptions: null, cardData: { cardParamMap: null }, userPrivateData: null },
  ],
  ['null for all of it', { cardUpdateOptions: null, cardData: null, userPrivateData: null }],
  ['null', null],
  ['nothing', undefined],
])('an answer of %s changes nothing', async (_, response) => {
  await using sim = await createSimulator()
  const client = await connect(sim, cards)
  await showCard(sim)
  const clicked = sim.user('Alice').click('trk_1', 'approve')
  client.ack(await client.next(topic), { success: true, response })
  const { card } = await clicked
  expect(card.viewFor(sim.user('Alice'))).toEqual({ title: 'Hi', count: '3' })
  expect(sim.violations).toEqual([])
})

test('an answer with null for the value of a variable is wrong: it is no text', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, cards)
  await showCard(sim)
  const clicked = sim.user('Alice').click('trk_1', 'approve')
  client.ack(await client.next(topic), { response: { cardData: { cardParamMap: { title: null } } } })
  await clicked
  expect(sim.violations).toMatchObject([{ reason: expect.stringContaining('cardParamMap.title') }])
})

describe('other shapes', () => {
  test.each([
    ['minimal', ['type', 'outTrackId', 'corpId', 'userId', 'content']],
    ['valueOnly', ['outTrackId', 'userId', 'spaceType', 'spaceId', 'value']],
    ['assistant', ['conversationToken', 'content']],
  ] as const)('%s', async (shape, fields) => {
    await using sim = await createSimulator()
    await showCard(sim)
    const { payload } = await sim.user('Alice').click('trk_1', 'go', {}, { shape })
    expect(Object.keys(payload).sort()).toEqual([...fields].sort())
  })

  test('params beside, several ids, fields of one’s own, and a card that goes by unionId', async () => {
    await using sim = await createSimulator()
    await showCard(sim, { userIdType: 2 })
    const alice = sim.user('Alice')
    const options = { shape: 'paramsBeside', fields: { spaceId: undefined, actionValue: 'x' } } as const
    const { payload } = await alice.click('trk_1', ['a', 'b_0'], { n: 1 }, options)
    expect(payload).toMatchObject({
      userId: alice.unionId,
      userIdType: 2,
      spaceId: undefined,
      actionValue: 'x',
      content: '{"cardPrivateData":{"actionIds":["a","b_0"]},"params":{"n":1}}',
    })
  })

  test('forms, submitted and given up', async () => {
    await using sim = await createSimulator()
    await showCard(sim)
    const alice = sim.user('Alice')
    const contentOf = (payload: Readonly<Record<string, unknown>>) =>
      JSON.parse(String(payload.content)).cardPrivateData
    const sent = await alice.submit('trk_1', { day: { index: 1, value: '2' } })
    expect(contentOf(sent.payload)).toEqual({
      actionIds: ['form'],
      params: { form: { day: { index: 1, value: '2' } } },
    })
    const given = await alice.submit({ outTrackId: 'trk_1' }, {}, { cancel: true, actionId: 'no' })
    expect(contentOf(given.payload)).toEqual({ actionIds: ['no'], params: { user_cancel: 'true' } })
  })
})

describe('the answer', () => {
  const answer = (byKey: boolean, status = 'done') => ({
    response: {
      cardUpdateOptions: { updateCardDataByKey: byKey, updatePrivateDataByKey: byKey },
      cardData: { cardParamMap: { status } },
      userPrivateData: { cardParamMap: { voted: 'true' } },
    },
  })

  test.each([
    [true, { title: 'Hi', count: '3', status: 'done', voted: 'true' }],
    [false, { status: 'done', voted: 'true' }],
  ])('changes the card for the one who clicked; by key: %s', async (byKey, view) => {
    await using sim = await createSimulator()
    const client = await connect(sim, cards)
    await showCard(sim)
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    const clicked = alice.click('trk_1', 'go')
    client.ack(await client.next(topic), answer(byKey))
    const { card } = await clicked
    expect(card.viewFor(alice)).toEqual(view)
    expect(card.viewFor(bob)).toEqual({ title: 'Hi', count: '3' })
    expect(card.variables).toEqual({ title: 'Hi', count: '3' })
    expect(sim.cards.get('trk_1')).toBe(card)
    expect(sim.violations).toEqual([])
  })

  test('goes over to all by an update, after which all see the same', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim, cards)
    const call = await showCard(sim)
    const [alice, bob] = [sim.user('Alice'), sim.user('Bob')]
    const clicked = alice.click('trk_1', 'go')
    client.ack(await client.next(topic), answer(true, 'asked'))
    await clicked
    const update = async (cardParamMap: object, updateCardDataByKey: boolean) => {
      const cardUpdateOptions = { updateCardDataByKey }
      await call('PUT', '/v1.0/card/instances', { outTrackId: 'trk_1', cardData: { cardParamMap }, cardUpdateOptions })
      return sim.cards.get('trk_1')
    }
    const byKey = await update({ count: '4' }, true)
    expect(byKey?.viewFor(alice)).toEqual({ title: 'Hi', count: '4', status: 'asked', voted: 'true' })
    expect(byKey?.viewFor(bob)).toEqual({ title: 'Hi', count: '4' })
    const whole = await update({ title: 'Over' }, false)
    expect(whole?.viewFor(alice)).toEqual({ title: 'Over', voted: 'true' })
    expect(whole?.viewFor(bob)).toEqual({ title: 'Over' })
  })

  test('changes it for everybody where the switch says so', async () => {
    await using sim = await createSimulator({ switches: { clickAnswer: 'everybody' } })
    const client = await connect(sim, cards)
    await showCard(sim)
    const clicked = sim.user('Alice').click('trk_1', 'go')
    client.ack(await client.next(topic), answer(true))
    const { card } = await clicked
    expect(card.viewFor(sim.user('Bob'))).toEqual({ title: 'Hi', count: '3', status: 'done' })
  })

  test.each<[string, unknown]>([
    ['no response around it', { cardData: { cardParamMap: {} } }],
    ['a number as a variable', { response: { cardData: { cardParamMap: { n: 1 } } } }],
    ['private data by user id', { response: { userPrivateData: { u1: { cardParamMap: {} } } } }],
    ['no JSON', 'ok'],
  ])('is against the protocol: %s', async (_, data) => {
    await using sim = await createSimulator()
    const client = await connect(sim, cards)
    await showCard(sim)
    const clicked = sim.user('Alice').click('trk_1', 'go')
    client.ack(await client.next(topic), data)
    expect((await clicked).response).toBeUndefined()
    expect(sim.violations).toMatchObject([
      { reason: expect.stringContaining('the answer to a card callback is wrong') },
    ])
  })

  test('after 2 s changes nothing', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, pingInterval: Number.POSITIVE_INFINITY })
    const client = await connect(sim, cards)
    await showCard(sim)
    const clicked = sim.user('Alice').click('trk_1', 'go')
    const frame = await client.next(topic)
    clock.advance(2_000)
    expect(await clicked).toMatchObject({ ack: { status: 'timeout' }, response: undefined })
    client.ack(frame, { response: { cardData: { cardParamMap: { late: 'yes' } } } })
    await sim.until(() => sim.frames.some(({ verdict }) => verdict === 'late'))
    expect(sim.cards.get('trk_1')?.variables).toEqual({ title: 'Hi', count: '3' })
  })
})

test('without callbackType STREAM nothing arrives', async () => {
  await using sim = await createSimulator()
  const client = await connect(sim, cards)
  await showCard(sim, { callbackType: 'HTTP' })
  expect(await sim.user('Alice').click('trk_1', 'go')).toMatchObject({ ack: { status: 'undelivered' } })
  expect(client.frames).toEqual([])
  await expect(sim.user('Alice').click('trk_9', 'go')).rejects.toThrow('There is no card trk_9')
})
