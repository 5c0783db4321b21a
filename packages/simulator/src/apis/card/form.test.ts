import { describe, expect, test } from 'vitest'
import { createSimulator, FORM_TEMPLATE_ID, type Simulator } from '../../index.ts'
import { showCard } from '../../testing/cards.ts'
import { connect } from '../../testing/client.ts'

const topic = '/v1.0/card/instances/callback'
const fields = [
  { name: 'title', label: '事由', type: 'TEXT', required: true, requiredMsg: '必填' },
  { name: 'days', label: '天数', type: 'NUMBER' },
  {
    name: 'kind',
    label: '类型',
    type: 'SELECT',
    options: [
      { value: 'annual', text: '年假' },
      { value: 'sick', text: '病假' },
    ],
  },
  {
    name: 'off',
    label: '哪天',
    type: 'MULTI_SELECT',
    options: ['mon', 'tue', 'wed'].map(value => ({ value, text: value })),
  },
  { name: 'agree', label: '同意', type: 'CHECKBOX' },
  { name: 'hidden_id', label: '', type: 'TEXT', hidden: true, defaultValue: 'x-1' },
]

function showForm(sim: Simulator, more: object = {}) {
  const cardParamMap = {
    form: JSON.stringify({ fields }),
    question_id: 'question-1',
    question_title: '请假',
    form_btn_text: '提交',
    card_status: 'pending',
    ...more,
  }
  return showCard(sim, { cardTemplateId: FORM_TEMPLATE_ID, cardData: { cardParamMap } })
}

const callIn = ({ payload }: { payload: Readonly<Record<string, unknown>> }) =>
  JSON.parse(String(payload.content)).cardPrivateData

describe('the public form', () => {
  test('submits typed values under the id of the question, hidden fields too', async () => {
    await using sim = await createSimulator()
    await showForm(sim)
    const given = { title: '请假', days: '3', kind: '年假', off: ['mon', 'wed'], agree: true }
    expect(callIn(await sim.user('Alice').submit('trk_1', given))).toEqual({
      actionIds: ['question-1'],
      params: {
        form: {
          title: '请假',
          days: 3,
          kind: { index: 0, value: 'annual' },
          off: { index: [0, 2], value: ['mon', 'wed'] },
          agree: true,
          hidden_id: 'x-1',
        },
      },
    })
  })

  test('is given up under the same id', async () => {
    await using sim = await createSimulator()
    await showForm(sim)
    const alice = sim.user('Alice')
    const cancelled = { actionIds: ['question-1'], params: { user_cancel: 'true' } }
    expect(callIn(await alice.submit('trk_1', {}, { cancel: true }))).toEqual(cancelled)
    expect(callIn(await alice.click('trk_1', '取消'))).toEqual(cancelled)
  })

  test.each([
    [true, ['fromConfig', 'form']],
    [false, ['form']],
  ])('calls back when something is selected: %s', async (formNoise, kinds) => {
    await using sim = await createSimulator({ switches: { formNoise } })
    const client = await connect(sim, { subscriptions: [{ type: 'CALLBACK', topic }] })
    await showForm(sim)
    const submitted = sim.user('Alice').submit('trk_1', { title: 'x', kind: 'sick' })
    const heard: string[] = []
    for (const _ of kinds) {
      const frame = await client.next(topic)
      const { cardPrivateData } = JSON.parse(JSON.parse(frame.data).content)
      expect(cardPrivateData.actionIds).toEqual(['question-1'])
      heard.push(...Object.keys(cardPrivateData.params))
      client.ack(frame, { response: {} })
    }
    await submitted
    expect(heard).toEqual(kinds)
  })

  test.each<[string, object, string]>([
    ['a field that is not there', { title: 'x', colour: 'red' }, 'the form has no field colour. It has title, days'],
    ['nothing where something is required', {}, 'title is required: 必填'],
    ['an option that is not there', { title: 'x', kind: 'paid' }, 'kind has no option paid. It has annual (年假)'],
  ])('refuses %s, as the client does', async (_, given, reason) => {
    await using sim = await createSimulator()
    await showForm(sim)
    await expect(sim.user('Alice').submit('trk_1', { ...given })).rejects.toThrow(reason)
    expect(sim.frames).toEqual([])
  })

  test('is not there any more once it was answered, but for one who looked at it before', async () => {
    await using sim = await createSimulator()
    const call = await showForm(sim)
    const before = sim.cards.get('trk_1') ?? 'trk_1'
    const cardData = { cardParamMap: { card_status: 'submitted' } }
    const cardUpdateOptions = { updateCardDataByKey: true }
    await call('PUT', '/v1.0/card/instances', { outTrackId: 'trk_1', cardData, cardUpdateOptions })
    const alice = sim.user('Alice')
    await expect(alice.submit('trk_1', { title: 'x' })).rejects.toThrow('its card_status is submitted')
    expect(callIn(await alice.submit(before, { title: 'x' })).actionIds).toEqual(['question-1'])
  })
})

test('a template of one’s own, of whose form nothing is known, takes any fields, under the id that is given', async () => {
  await using sim = await createSimulator()
  const cardParamMap = { fields: JSON.stringify(fields), submitText: '提交', cancelText: '取消', status: '' }
  await showCard(sim, { cardTemplateId: 'own.schema', cardData: { cardParamMap } })
  const alice = sim.user('Alice')
  expect(sim.cards.get('trk_1')?.buttonsFor(alice)).toEqual([])
  const given = { colour: 'red' }
  expect(callIn(await alice.submit('trk_1', given))).toEqual({ actionIds: ['form'], params: { form: given } })
  expect(callIn(await alice.submit('trk_1', given, { actionId: 'leave' })).actionIds).toEqual(['leave'])
  expect(callIn(await alice.submit('trk_1', {}, { cancel: true })).params).toEqual({ user_cancel: 'true' })
})
