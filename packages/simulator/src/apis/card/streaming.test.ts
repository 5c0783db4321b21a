import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import type { Call } from '../../testing/api.ts'
import { showCard } from '../../testing/cards.ts'

let guid = 0
function chunk(call: Call, content: string, more: object = {}) {
  guid += 1
  const body = { outTrackId: 'trk_1', guid: `guid-${guid}`, key: 'content', content, isFull: true, ...more }
  return call('PUT', '/v1.0/card/streaming', body)
}

const stateOf = (sim: Simulator) => {
  const { status, variables } = sim.cards.get('trk_1') ?? {}
  return [status, variables?.content]
}

test('whole texts and pieces, to the end, and on again', async () => {
  await using sim = await createSimulator()
  const call = await showCard(sim, { cardData: { cardParamMap: { flowStatus: '1' } } })
  const seen = [stateOf(sim)]
  for (const [content, more] of [
    ['one', {}],
    [' two', { isFull: false }],
    ['three', { isFinalize: true }],
    ['four', {}],
    ['five', { isError: true }],
  ] as const) {
    expect(await chunk(call, content, more)).toMatchObject({ status: 200, body: { success: true, result: true } })
    seen.push(stateOf(sim))
  }
  expect(seen).toEqual([
    ['processing', undefined],
    ['inputting', 'one'],
    ['inputting', 'one two'],
    ['finished', 'three'],
    ['inputting', 'four'],
    ['failed', 'five'],
  ])
  expect(sim.messages).toMatchObject([{ content: { variables: { content: 'five' } } }])
})

test('a guid a second time is the same call', async () => {
  await using sim = await createSimulator()
  const call = await showCard(sim)
  for (const content of ['a', 'b']) await chunk(call, content, { guid: 'same', isFull: false })
  expect(stateOf(sim)).toEqual(['inputting', 'a'])
})

test('an empty text, as official examples begin, unless the switch says no', async () => {
  await using sim = await createSimulator()
  const call = await showCard(sim)
  expect(await chunk(call, '')).toMatchObject({ status: 200, body: { success: true } })
  expect(sim.cards.get('trk_1')).toMatchObject({ status: 'inputting', variables: { content: '' } })
  sim.switches.emptyStreamContent = false
  expect(await chunk(call, '')).toMatchObject({ status: 400, body: { code: 'param.stream.contentEmpty' } })
})

describe('what is refused', () => {
  test.each<[string, object, number, string]>([
    ['no card', { outTrackId: '' }, 400, 'param.outTrackIdEmpty'],
    ['an unknown card', { outTrackId: 'x' }, 400, 'param.stream.outTrackId'],
    ['no guid', { guid: undefined }, 400, 'param.stream.guidEmpty'],
    ['no key', { key: undefined }, 400, 'param.stream.keyEmpty'],
    ['no content', { content: undefined }, 400, 'Missingcontent'],
    ['null for content', { content: null }, 400, 'Missingcontent'],
    ['no isFull', { isFull: undefined }, 400, 'param.stream.isFull'],
    ['isFull as text', { isFull: 'true' }, 400, 'param.invalid'],
    ['too much content', { content: 'x'.repeat(20_001) }, 400, 'param.stream.content'],
    ['a variable that does not stream', { key: 'title' }, 500, 'unknownError'],
  ])('%s', async (_, more, status, code) => {
    await using sim = await createSimulator({ templates: { 'hello.schema': { streams: ['content'] } } })
    const call = await showCard(sim)
    expect(await chunk(call, 'x', more)).toMatchObject({ status, body: { code } })
    expect(stateOf(sim)).toEqual(['processing', undefined])
  })

  test('faster than the switch allows', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock, switches: { streamInterval: 500 } })
    const call = await showCard(sim)
    await chunk(call, 'one')
    clock.advance(499)
    const code = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'
    expect(await chunk(call, 'two')).toMatchObject({ status: 403, body: { code } })
    clock.advance(1)
    expect(await chunk(call, 'three')).toMatchObject({ status: 200 })
    expect(stateOf(sim)).toEqual(['inputting', 'three'])
  })
})

test('a finished card is frozen when the switch says so: the answer is 200, the streamed variable stays', async () => {
  await using sim = await createSimulator({ switches: { finishedCardIsFrozen: true } })
  const call = await showCard(sim)
  await chunk(call, 'end', { isFinalize: true })
  const cardData = { cardParamMap: { content: 'new', other: 'new' } }
  const cardUpdateOptions = { updateCardDataByKey: true }
  const answer = await call('PUT', '/v1.0/card/instances', { outTrackId: 'trk_1', cardData, cardUpdateOptions })
  expect(answer.status).toBe(200)
  expect(sim.cards.get('trk_1')?.variables).toMatchObject({ content: 'end', other: 'new' })
})
