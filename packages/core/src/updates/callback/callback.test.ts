import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type Evidence, evidenceOf } from '../../../fixtures/evidence.ts'
import { frameOf } from '../../../fixtures/frames.ts'
import { createUpdate, TOPICS } from '../update.ts'
import { type CardCallback, callbackOf, clickOf, readClick } from './callback.ts'
import { placeOf } from './space.ts'

const parse = (raw: unknown): CardCallback => callbackOf(readClick(raw))

test('the documented minimum', () => {
  const { data } = frameOf('card.minimal')
  const { content, form, ...callback } = parse(data)
  expect(form).toBeUndefined()
  expect(content).toEqual(JSON.parse(String(data.content)))
  expect(callback).toEqual({
    type: 'actionCallback',
    outTrackId: 'trk_01JABC0006',
    corpId: 'ding7f3a91c2e05b46d8',
    userId: 'manager4821',
    extension: {},
    isCancelled: false,
    button: { id: '1', baseId: '1' },
    actionIds: ['1'],
    actions: [{ id: '1', baseId: '1' }],
    params: { action: 'accept' },
  })
  expect(parse(data).raw).toBe(data)
})

/** What of a captured click has to come out. */
const EXPECTED: Readonly<Record<string, object>> = {
  'cb.382e4302.dm.belief': { button: { id: 'agree' }, userIdType: 1, spaceType: 'im', spaceId: 'staff-0001' },
  'cb.btns.index-appended': { button: { id: 'approval0' }, params: { t: 'approval', d: 'allow-once', id: 'exec:1' } },
  'cb.own-template.agree': { button: { id: 'agree' }, params: { action: 'agree' } },
  'cb.675cde2f.btn_stop': { button: { id: 'btn_stop' }, params: { action: 'true' } },
  'cb.value-only': { button: { id: 'feedback_up' }, type: '', spaceType: 'IM' },
  'cb.form.submit': {
    button: { id: 'form' },
    form: { title: '请假', days: 3, kind: { index: 0, value: 'annual' }, agree: true, hidden_id: 'x-1' },
  },
  'cb.form.ask-user.cancel': { button: { id: 'question-1' }, isCancelled: true, form: undefined },
  'cb.form.ask-user.noise': { button: { id: 'question-1' }, isCancelled: false, form: undefined },
  'cb.checkboxlist.submit': { button: { id: 'submit_action' } },
  'cb.feedback.own': { button: { id: 'ai_res_dislike' }, params: { dislike_reason: ['回答不准确', '内容过长'] } },
  'cb.memgov.im-alias': { button: { id: 'ok' }, spaceId: 'dtv1.card//im.cidTESTGROUP0001==' },
  'cb.IM_ROBOT.belief': {
    button: { id: 'question-1' },
    form: { answer: { index: 0, value: 'a' } },
  },
  'cb.dws.approval': { button: { id: 'approve' }, params: { dwsApprovalId: 'ap-1', dwsDecision: 'approve' } },
  'cb.local-variable': { button: { id: 'submit' }, params: { join: true } },
  'cb.own-template.im.node-id': { button: { id: 'like' }, spaceType: 'im', extension: {} },
  'cb.382e4302.group.msgButton': { button: { id: 'agree' }, params: { id: 'agree', text: 'Approve' } },
  'cb.382e4302.group.msgButton.text': { button: undefined, params: { text: '刷新项目' } },
  'cb.1366a1eb.dm.msgButton.text': { button: undefined, params: { text: '接单' } },
  'cb.minimal': { button: { id: '1' }, corpId: 'ding00000000corp', userId: 'staff-0001' },
}
const GROUP = { type: 'group', id: 'cidTESTGROUP0001==' }
/** Where those happened that were not in the group. */
const ELSEWHERE: Readonly<Record<string, object | undefined>> = {
  'cb.382e4302.dm.belief': { type: 'private' },
  'cb.IM_ROBOT.belief': { type: 'private' },
  'cb.own-template.agree': undefined,
  'cb.feedback.own': undefined,
  'cb.minimal': undefined,
}
const captured = evidenceOf('cards').filter(
  ({ name, direction }) => direction === 'callback' && name !== 'cb.components',
)
/** Some lines hold several clicks, one a whole frame. */
const clicksOf = ({ data }: Evidence): readonly object[] =>
  [data]
    .flat()
    .map(one => (typeof one === 'object' && one && 'specVersion' in one ? JSON.parse(Object(one).data) : one))

test('no captured click is left out', () => {
  expect(Object.keys(EXPECTED).toSorted()).toEqual(captured.map(({ name }) => name).toSorted())
})

test.each(captured)('$name', line => {
  for (const click of clicksOf(line)) {
    const callback = parse(click)
    expect(callback).toMatchObject(EXPECTED[line.name] ?? {})
    expect(callback.raw).toBe(click)
    expect(callback.outTrackId).toBe('trk-0001')
    expect(callback.userId).toBe('staff-0001')
    expect(placeOf(callback)).toEqual(line.name in ELSEWHERE ? ELSEWHERE[line.name] : GROUP)
  }
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
    ['an id that stands in no list', { content: { cardPrivateData: { actionIds: 'ok', params: inner.params } } }],
    ['a single id', { content: { cardPrivateData: { actionId: 'ok', params: inner.params } } }],
    ['params as JSON text', { content: { cardPrivateData: { actionIds: ['ok'], params: '{"level":"2"}' } } }],
    ['actionValue', { actionValue: 'ok', content: { params: inner.params } }],
    ['actionValue in content', { content: { actionValue: 'ok', params: inner.params } }],
    ['eventKey', { eventKey: 'ok', content: { params: inner.params } }],
    [
      'a single id beside a list as JSON text that is empty',
      { content: { actionIds: '[]', actionId: 'ok', params: inner.params } },
    ],
    ['a single id beside an empty text', { content: { actionIds: '', actionId: 'ok', params: inner.params } }],
    ['a list as JSON text', { content: { actionIds: '["ok"]', params: inner.params } }],
    [
      'content, where the private data has an empty list',
      { content: { cardPrivateData: { actionIds: [] }, ...inner } },
    ],
    ['the top, where the content has nothing', { actionIds: ['ok'], content: { params: inner.params } }],
    ['the private data before the content', { content: { cardPrivateData: inner, actionIds: ['wrong'] } }],
    [
      'content before the private data at the top',
      { content: { cardPrivateData: inner }, cardPrivateData: { actionIds: ['wrong'] } },
    ],
    ['content before value', { content: inner, value: JSON.stringify({ actionIds: ['wrong'] }) }],
    ['an actionId before an actionValue', { actionValue: 'wrong', content: { actionId: 'ok', params: inner.params } }],
    ['an actionValue before an eventKey', { eventKey: 'wrong', actionValue: 'ok', content: { params: inner.params } }],
    ['an eventKey before a value', { value: 'wrong', eventKey: 'ok', content: { params: inner.params } }],
    [
      'an actionValue of the content before one at the top',
      { actionValue: 'wrong', content: { actionValue: 'ok', params: inner.params } },
    ],
    [
      'an eventKey where the actionValue is blank',
      { actionValue: ' ', eventKey: 'ok', content: { params: inner.params } },
    ],
    ['a value that is no JSON', { value: 'ok', content: { params: inner.params } }],
  ])('%s', (_, shape) => {
    const raw = { type: 'actionCallback', outTrackId: 't', userId: 'u', ...shape }
    expect(parse(raw)).toMatchObject({ outTrackId: 't', actionIds: ['ok'], params: { level: '2' } })
  })

  test('params of both places, those of the private data first', () => {
    const content = { cardPrivateData: { params: { a: 1 } }, params: { a: 2, b: 3 } }
    expect(parse({ content }).params).toEqual({ a: 1, b: 3 })
  })

  test.each(['[]', '{}'])('not in a value that is the JSON text %s', value => {
    expect(parse({ outTrackId: 't', value }).actionIds).toEqual([])
  })

  test('nothing, when a component called back without a meaning', () => {
    const value = JSON.stringify({ cardPrivateData: { actionIds: [], params: {} } })
    const raw = { outTrackId: 't', content: value, value }
    expect(parse(raw)).toMatchObject({ actionIds: [], actions: [], params: {}, isCancelled: false })
  })
})

test('the number that a loop appends is taken off', () => {
  const { actions } = parse({ content: { actionIds: ['btn_0', 'vote_option_12', 'btn', '_1', 7] } })
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
  const submit = (params: object) => parse({ content: { cardPrivateData: { actionIds: ['s'], params } } })
  expect(submit({ form })).toMatchObject({ form, isCancelled: false })
  expect(submit({ form: JSON.stringify(form) }).form).toEqual(form)
  expect(submit({ user_cancel: true }).isCancelled).toBe(true)
  expect(submit({}).form).toBeUndefined()
})

test('numbers and texts, JSON and objects', () => {
  const raw = { userIdType: '1', userId: 4821, spaceId: 7, extension: '{"a":1}' }
  expect(parse(raw)).toMatchObject({ userIdType: 1, userId: '4821', spaceId: '7', extension: { a: 1 } })
  expect(parse({ userIdType: 'x', extension: '' })).toMatchObject({ userIdType: undefined, extension: {} })
})

test('what a handler of the bot is for is known when ids are taken apart', () => {
  const isDeclared = (id: string): boolean => id === 'step'
  const { actions, button } = callbackOf(readClick({ content: { actionIds: ['step1', 'other1'] } }), { isDeclared })
  expect(actions).toEqual([
    { id: 'step1', baseId: 'step', index: 1 },
    { id: 'other1', baseId: 'other1' },
  ])
  expect(button).toEqual({ id: 'step1', baseId: 'step', index: 1 })
})

test('what user ids are is said by the click, else known of the card', () => {
  const card = { userIdType: 2 }
  expect(callbackOf(readClick({}), { card }).userIdType).toBe(2)
  expect(callbackOf(readClick({ userIdType: 1 }), { card }).userIdType).toBe(1)
  expect(callbackOf(readClick({}), { card: {} }).userIdType).toBeUndefined()
})

test('a token that is no text is none', () => {
  expect(parse({ conversationToken: 7 }).conversationToken).toBeUndefined()
})

test('a card of the AI assistant, whose token does not show', () => {
  const raw = { conversationToken: 'secret-token', content: '{"templateId":"x","cardData":{"a":1}}' }
  const callback = parse(raw)
  expect(callback).toMatchObject({ outTrackId: '', actionIds: [], content: { templateId: 'x', cardData: { a: 1 } } })
  expect(callback.conversationToken).toBe('secret-token')
  expect(inspect(callback)).not.toContain('secret-token')
  expect(JSON.stringify({ ...callback })).not.toContain('secret-token')
  expect(JSON.parse(JSON.stringify(callback))).toEqual({ ...raw, conversationToken: '***' })
})

test.each([[undefined], [null], [''], ['hello'], [[]], [7]])('%j is a callback about nothing', raw => {
  expect(parse(raw)).toMatchObject({ outTrackId: '', userId: '', actionIds: [], params: {} })
})

test('the payload of a click is read once, however many ask', () => {
  let reads = 0
  const raw = {
    outTrackId: 'card',
    get content() {
      reads++
      return '{"actionIds":["go"]}'
    },
  }
  const update = createUpdate(TOPICS.card, raw)
  expect(clickOf(update)?.actionIds).toEqual(['go'])
  expect(clickOf(update)).toBe(clickOf(update))
  expect(reads).toBe(1)
})

test('what is no click has none', () => {
  expect(clickOf(createUpdate(TOPICS.chatbot, { outTrackId: 'card' }))).toBeUndefined()
})
