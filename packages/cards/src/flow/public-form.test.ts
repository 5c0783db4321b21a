import { formValuesOf } from '@dingware/core'
import type { Card as ShownCard } from '@dingware/simulator'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { evidenceNamed } from '../../../core/fixtures/evidence.ts'
import { templateFor } from '../template/templates.ts'
import { type CardContext, createStage, type Stage } from '../testing/stage.ts'
import type { FormCard } from './form.ts'

const leave: FormCard = {
  title: '请假',
  description: '请填写',
  fields: [
    { name: 'reason', label: '事由', type: 'text', required: true },
    { name: 'kind', label: '类型', type: 'select', options: ['annual', 'sick'] },
    { name: 'from', label: '开始', type: 'date' },
  ],
}

const Filled = v.object({ kind: v.string() })

async function asked(stage: Stage, handler: (ctx: CardContext) => Promise<unknown>) {
  const outcome = stage.answer(handler)
  outcome.catch(() => {})
  await stage.sim.until(() => stage.sim.cards.size > 0)
  return { outcome, card: await stage.shows(() => true) }
}

/** Pushes what the platform was seen to push, for that card and the one who asked. */
async function push(stage: Stage, card: ShownCard, params: object, more: object = {}): Promise<unknown> {
  const content = JSON.stringify({ cardPrivateData: { actionIds: [card.variables.question_id], params } })
  const { userId } = stage.sim.user('Alice 1')
  const data = { type: 'actionCallback', outTrackId: card.outTrackId, corpId: 'c', userId, content, ...more }
  return stage.sim.push({ type: 'CALLBACK', topic: '/v1.0/card/instances/callback', data })
}

/** The params of a captured click. */
function paramsOf(name: string): object {
  const { data } = evidenceNamed('cards', name)
  const { content } = v.parse(v.object({ content: v.string() }), data)
  return v.parse(v.object({ cardPrivateData: v.object({ params: v.looseObject({}) }) }), JSON.parse(content))
    .cardPrivateData.params
}

describe.concurrent('a form on the public template', () => {
  test('has the variables of that template', async () => {
    await using stage = await createStage()
    const { card } = await asked(stage, ctx => ctx.form(leave, Filled, { timeout: 60_000 }))
    expect(card.templateId).toBe(templateFor('form').id)
    expect(card.variables).toMatchObject({
      question_title: '请假',
      question_desc: '请填写',
      form_btn_text: '提交',
      card_status: 'pending',
    })
    expect(card.variables.question_id).not.toBe('')
    expect(JSON.parse(card.variables.form ?? '')).toEqual({
      fields: [
        { name: 'reason', label: '事由', required: true, type: 'TEXT' },
        {
          name: 'kind',
          label: '类型',
          type: 'SELECT',
          options: [
            { value: 'annual', text: 'annual' },
            { value: 'sick', text: 'sick' },
          ],
        },
        { name: 'from', label: '开始', type: 'DATE', format: 'YYYY-MM-DD' },
      ],
    })
  })

  test('gives what was submitted, and goes on after noise', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx => ctx.form(leave, Filled))
    await push(stage, card, paramsOf('cb.form.ask-user.noise'))
    await push(stage, card, {})
    await push(stage, card, paramsOf('cb.form.submit'))
    expect(await outcome).toMatchObject({ data: { kind: 'annual' } })
  })

  test('is false when it was given up', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx => ctx.form(leave, Filled))
    await push(stage, card, paramsOf('cb.form.ask-user.cancel'))
    expect(await outcome).toBe(false)
  })

  test('says that its time is over', async () => {
    await using stage = await createStage()
    const { outcome } = await asked(stage, ctx => ctx.form(leave, Filled, { timeout: 1 }))
    expect(await outcome).toBeUndefined()
    const shown = await stage.shows(({ variables }) => variables.card_status !== 'pending')
    expect(shown.variables.card_status).toBe('expired')
    expect(shown.variables.question_desc).toContain('请填写')
  })
})

test('each component gives its value', () => {
  const { data } = evidenceNamed('cards', 'cb.components')
  expect(formValuesOf(v.parse(v.looseObject({}), data))).toMatchObject({
    select: 'b',
    multiSelect: ['a', 'b'],
    checkbox: true,
    singleCheckboxItems: 1,
    multiCheckboxItems: [0, 2],
  })
  expect(formValuesOf({ one: { id: 1 }, table: { id: 1, row: 0 } })).toEqual({ one: 1, table: { id: 1, row: 0 } })
})
