import { equal, ok } from 'node:assert/strict'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { framesOf } from '../../fixtures/frames.ts'
import { mutationsOf } from '../../fixtures/mutations.ts'
import { parseCardCallback } from './callback.ts'

const CLICK = {
  type: 'actionCallback',
  corpId: 'ding7f3a91c2e05b46d8',
  userId: '014237781200934455',
  userIdType: 1,
  spaceType: 'IM_GROUP',
  spaceId: 'cidF/9VtqIjoabFCBqAOX0W3HqsFQYa',
  extension: {},
  isCancelled: false,
}

const one = (id: string) => ({ actionIds: [id], actions: [{ id, baseId: id }] })

const EXPECTED: Readonly<Record<string, object>> = {
  'card.button': {
    ...CLICK,
    ...one('approve'),
    outTrackId: 'trk_01JABC0001',
    params: { ticket: 'T-1024', decision: 'yes' },
  },
  'card.button.dm': {
    ...CLICK,
    ...one('btn_stop'),
    outTrackId: 'trk_01JABC0002',
    spaceType: 'IM_ROBOT',
    spaceId: '014237781200934455',
    params: {},
  },
  'card.form.cancel': {
    ...CLICK,
    ...one('form_cancel'),
    outTrackId: 'trk_01JABC0004',
    params: { user_cancel: 'true' },
    isCancelled: true,
  },
  'card.local_var': {
    ...CLICK,
    ...one('1'),
    outTrackId: 'trk_01JABC0005',
    userId: '0355126640891273',
    params: { join: true },
  },
  'card.minimal': {
    type: 'actionCallback',
    outTrackId: 'trk_01JABC0006',
    corpId: 'ding7f3a91c2e05b46d8',
    userId: 'manager4821',
    extension: {},
    isCancelled: false,
    ...one('1'),
    params: { action: 'accept' },
  },
}

const clicks = framesOf('card.').filter(({ name }) => name !== 'card.dynamicData')

test('no frame is left out', () => {
  expect(Object.keys(EXPECTED).sort()).toEqual(clicks.map(({ name }) => name).sort())
})

test.each(clicks)('$name', ({ name, data }) => {
  const { content, ...callback } = parseCardCallback(data)
  expect(callback).toEqual(EXPECTED[name])
  expect(content).toEqual(JSON.parse(String(data.content)))
  expect(parseCardCallback(data).raw).toBe(data)
})

const inner = { actionIds: ['ok'], params: { level: '2' } }

describe('what was clicked is found in each shape', () => {
  test.each([
    ['content as JSON text', { content: JSON.stringify({ cardPrivateData: inner }) }],
    ['content as an object', { content: { cardPrivateData: inner } }],
    ['the older value', { value: JSON.stringify({ cardPrivateData: inner }) }],
    ['value beside broken content', { content: '{', value: JSON.stringify({ cardPrivateData: inner }) }],
    ['private data at the top', { cardPrivateData: inner }],
    ['private data as JSON text', { content: { cardPrivateData: JSON.stringify(inner) } }],
    ['params beside the private data', { content: { cardPrivateData: { actionIds: ['ok'] }, params: inner.params } }],
    ['everything without private data', { content: inner }],
    ['a single id', { content: { cardPrivateData: { actionId: 'ok', params: inner.params } } }],
    ['params as JSON text', { content: { cardPrivateData: { actionIds: ['ok'], params: '{"level":"2"}' } } }],
    ['actionValue', { actionValue: 'ok', content: { params: inner.params } }],
    ['actionValue in content', { content: { actionValue: 'ok', params: inner.params } }],
    ['eventKey', { eventKey: 'ok', content: { params: inner.params } }],
    ['a value that is no JSON', { value: 'ok', content: { params: inner.params } }],
  ])('%s', (_, shape) => {
    const raw = { type: 'actionCallback', outTrackId: 't', userId: 'u', ...shape }
    expect(parseCardCallback(raw)).toMatchObject({ outTrackId: 't', actionIds: ['ok'], params: { level: '2' } })
  })

  test('params of both places, those of the private data first', () => {
    const content = { cardPrivateData: { params: { a: 1 } }, params: { a: 2, b: 3 } }
    expect(parseCardCallback({ content }).params).toEqual({ a: 1, b: 3 })
  })

  test.each(['[]', '{}'])('not in a value that is the JSON text %s', value => {
    expect(parseCardCallback({ outTrackId: 't', value }).actionIds).toEqual([])
  })

  test('nothing, when a component called back without a meaning', () => {
    const value = JSON.stringify({ cardPrivateData: { actionIds: [], params: {} } })
    const raw = { outTrackId: 't', content: value, value }
    expect(parseCardCallback(raw)).toMatchObject({ actionIds: [], actions: [], params: {}, isCancelled: false })
  })
})

test('the number that a loop appends is taken off', () => {
  const { actions } = parseCardCallback({ content: { actionIds: ['btn_0', 'vote_option_12', 'btn', '_1', 7] } })
  expect(actions).toEqual([
    { id: 'btn_0', baseId: 'btn', index: 0 },
    { id: 'vote_option_12', baseId: 'vote_option', index: 12 },
    { id: 'btn', baseId: 'btn' },
    { id: '_1', baseId: '_1' },
    { id: '7', baseId: '7' },
  ])
})

test('the fields of a form', () => {
  const form = { name: '张三', days: { index: 1, value: '2' }, tags: { index: [0, 2], value: ['a', 'c'] } }
  const submit = (params: object) => parseCardCallback({ content: { cardPrivateData: { actionIds: ['s'], params } } })
  expect(submit({ form })).toMatchObject({ form, isCancelled: false })
  expect(submit({ form: JSON.stringify(form) }).form).toEqual(form)
  expect(submit({ user_cancel: true }).isCancelled).toBe(true)
  expect(submit({}).form).toBeUndefined()
})

test('numbers and texts, JSON and objects', () => {
  const raw = { userIdType: '1', userId: 4821, spaceId: 7, extension: '{"a":1}' }
  expect(parseCardCallback(raw)).toMatchObject({ userIdType: 1, userId: '4821', spaceId: '7', extension: { a: 1 } })
  expect(parseCardCallback({ userIdType: 'x', extension: '' })).toMatchObject({ userIdType: undefined, extension: {} })
})

test('a card of the AI assistant, whose token does not show', () => {
  const raw = { conversationToken: 'secret-token', content: '{"templateId":"x","cardData":{"a":1}}' }
  const callback = parseCardCallback(raw)
  expect(callback).toMatchObject({ outTrackId: '', actionIds: [], content: { templateId: 'x', cardData: { a: 1 } } })
  expect(callback.conversationToken).toBe('secret-token')
  expect(inspect(callback)).not.toContain('secret-token')
  expect(JSON.stringify({ ...callback })).not.toContain('secret-token')
  expect(JSON.parse(JSON.stringify(callback))).toEqual({ ...raw, conversationToken: '***' })
})

test.each([[undefined], [null], [''], ['hello'], [[]], [7]])('%j is a callback about nothing', raw => {
  expect(parseCardCallback(raw)).toMatchObject({ outTrackId: '', userId: '', actionIds: [], params: {} })
})

test.each(framesOf('card.'))('$name survives whatever happens to its fields', ({ data }) => {
  const survives = (raw: unknown): void => {
    const before = JSON.stringify(raw)
    const callback = parseCardCallback(raw)
    equal(callback.raw, raw)
    equal(typeof callback.outTrackId, 'string')
    ok(callback.actionIds.every(id => typeof id === 'string'))
    equal(typeof callback.params, 'object')
    ok(!('polluted' in callback.params))
    equal(JSON.stringify(raw), before)
    equal(typeof JSON.stringify({ callback }), 'string')
  }
  fc.assert(fc.property(mutationsOf(data), survives), { numRuns: 500 })
})
