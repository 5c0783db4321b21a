import { memoryStore } from '@dingware/core'
import { FORM_TEMPLATE_ID, type Card as ShownCard } from '@dingware/simulator'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { type CardContext, createStage, type Stage } from '../testing/stage.ts'

const BATCH_SEND = '/v1.0/robot/oToMessages/batchSend'

/** Lets Alice ask for something, in a group, and gives what the handler waits for, and the card when it is there. */
async function asked<T>(
  stage: Stage,
  handler: (ctx: CardContext) => Promise<T>,
): Promise<{ outcome: Promise<T>; card: ShownCard }> {
  const before = stage.sim.cards.size
  const outcome = stage.answer(handler)
  outcome.catch(() => {})
  await stage.sim.until(() => stage.sim.cards.size > before)
  return { outcome, card: await stage.shows(() => true) }
}

describe.concurrent('confirm', () => {
  test('is truthy when somebody confirmed, tells who; the card shows that, without buttons, in the answer to the click', async () => {
    await using stage = await createStage({ group: 'Team' })
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？'))
    const alice = stage.sim.user('Alice 1')
    const clicked = await alice.click(card, '确认')
    expect(await outcome).toMatchObject({ by: { userId: alice.userId, nick: 'Alice 1' } })
    expect(clicked.response?.cardData).toMatchObject({ markdown: '要重启吗？\n\n✅ 已确认（Alice 1）' })
    expect(clicked.card.buttonsFor(alice)).toEqual([])
    expect(stage.sim.violations).toEqual([])
  })

  test('is false when somebody declined', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？', { texts: { no: 'No' } }))
    await stage.sim.user('Alice 1').click(card, 'No')
    expect(await outcome).toBe(false)
  })

  test('is undefined when nobody answered in time, and a late click shows that again', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？', { timeout: 1 }))
    expect(await outcome).toBeUndefined()
    await stage.shows(shown => shown.variables.markdown?.includes('已超时') === true)
    const alice = stage.sim.user('Alice 1')
    const late = await alice.click(card, '确认')
    expect(late.response?.cardData).toMatchObject({ markdown: expect.stringContaining('已超时') })
    expect(late.card.buttonsFor(alice)).toEqual([])
    expect(stage.sim.violations).toEqual([])
  })

  test('is answered by the one who asked for it; others are told so once, by a message to them', async () => {
    await using stage = await createStage({ group: 'Team' })
    const bob = stage.sim.user('Bob')
    stage.sim.group('Team', [bob])
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？'))
    await bob.click(card, '确认')
    const { card: after } = await bob.click(card, '确认')
    await stage.sim.until(() => stage.bodies(BATCH_SEND).length > 0)
    const alice = stage.sim.user('Alice 1')
    await alice.click(card, '取消')
    expect(await outcome).toBe(false)
    expect(after.viewFor(bob).tips).toBe('')
    expect(stage.bodies(BATCH_SEND)).toMatchObject([
      { userIds: [bob.userId], msgParam: JSON.stringify({ content: '这不是向你提出的问题' }) },
    ])
  })

  test('tells others on the card, where its template has a private variable for that; nobody else sees it', async () => {
    const templates = { buttons: { id: 'own', private: ['tips'] } } as const
    await using stage = await createStage({ group: 'Team', cards: { templates } })
    const bob = stage.sim.user('Bob')
    stage.sim.group('Team', [bob])
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？'))
    const { card: after } = await bob.click(card, '确认')
    const alice = stage.sim.user('Alice 1')
    expect(after.viewFor(bob).tips).toBe('这不是向你提出的问题')
    expect(after.viewFor(alice).tips).toBe('')
    await alice.click(card, '取消')
    expect(await outcome).toBe(false)
  })

  test('may be answered by anyone, or by those whom a function accepts', async () => {
    await using stage = await createStage({ group: 'Team' })
    const bob = stage.sim.user('Bob')
    stage.sim.group('Team', [bob])
    for (const allow of [
      'anyone',
      async (click: { from?: { id: string } | undefined }) => click.from?.id === bob.userId,
    ] as const) {
      const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？', { allow }))
      await bob.click(card, '确认')
      expect(await outcome).toMatchObject({ by: { userId: bob.userId } })
    }
  })

  test('takes one of two clicks at once, and shows the same outcome to both', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx => ctx.confirm('要重启吗？'))
    const alice = stage.sim.user('Alice 1')
    const both = await Promise.all(['确认', '取消'].map(text => alice.click(card, text)))
    const result = await outcome
    const shown = both.map(({ response }) => response?.cardData?.markdown)
    expect(new Set(shown).size).toBe(1)
    expect(shown[0]).toContain(result ? '已确认' : '已取消')
  })

  test('is taken back by its signal, and by a bot that stops', async () => {
    await using stage = await createStage()
    const controller = new AbortController()
    const first = await asked(stage, ctx => ctx.confirm('一', { signal: controller.signal }))
    controller.abort(new Error('never mind'))
    await expect(first.outcome).rejects.toThrow('never mind')
    await stage.sim.until(() => stage.sim.cards.get(first.card.outTrackId)?.variables.markdown?.includes('已撤回'))
    const second = await asked(stage, ctx => ctx.confirm('二'))
    await stage.bot.stop()
    await expect(second.outcome).rejects.toMatchObject({ code: 'ERR_STOPPED' })
    expect(stage.sim.cards.get(second.card.outTrackId)?.variables.markdown).toContain('已撤回')
  })

  test.each([
    ['on the card where its template has a private variable', ['tips'], { tips: '已无法处理，请重新发起' }],
    ['by a message', undefined, undefined],
  ] as const)(
    'that nobody waits for after a restart tells the one who clicks %s, and leaves the card as it is',
    async (_, privates, told) => {
      const store = memoryStore()
      const templates = { buttons: { id: 'own', private: privates } }
      await using crashed = await createStage({ bot: { store }, cards: { templates } })
      const { card } = await asked(crashed, ctx => ctx.confirm('要重启吗？'))
      await using stage = await createStage({ bot: { store }, cards: { templates } })
      const content = JSON.stringify({ cardPrivateData: { actionIds: ['.dingware.0'], params: {} } })
      const { ack } = await stage.sim.push({
        type: 'CALLBACK',
        topic: '/v1.0/card/instances/callback',
        data: { outTrackId: card.outTrackId, userId: stage.sim.user('Alice 1').userId, content },
      })
      const answer = await ack
      const data = answer.status === 'acked' ? JSON.parse(answer.data) : {}
      expect(data.response.userPrivateData?.cardParamMap).toEqual(told)
      expect(data.response).not.toHaveProperty('cardData')
      await stage.sim.until(() => stage.bodies(BATCH_SEND).length === (told ? 0 : 1))
    },
  )

  test('fails when its card cannot be delivered, and waits for nothing', async () => {
    await using stage = await createStage()
    stage.sim.permissions.revoke('Card.Instance.Write')
    await expect(stage.answer(ctx => ctx.confirm('要重启吗？'))).rejects.toThrow()
  })
})

describe.concurrent('choose', () => {
  test('gives the value of what was chosen', async () => {
    await using stage = await createStage()
    const { outcome, card } = await asked(stage, ctx =>
      ctx.choose('哪天？', ['周一', { label: '周二', value: 2 }], { title: '排期' }),
    )
    const alice = stage.sim.user('Alice 1')
    expect(card.buttonsFor(alice).map(({ text }) => text)).toEqual(['周一', '周二'])
    const { card: after } = await alice.click(card, '周二')
    expect(await outcome).toMatchObject({ value: 2, by: { nick: 'Alice 1' } })
    expect(after.variables).toMatchObject({ title: '排期', markdown: '哪天？\n\n✅ 已选择：周二（Alice 1）' })
  })
})

describe.concurrent('form', () => {
  const Leave = v.object({
    reason: v.pipe(v.string(), v.minLength(2, '至少两个字')),
    days: v.pipe(v.string(), v.toNumber()),
  })
  const card = {
    title: '请假',
    fields: [
      { name: 'reason', label: '事由', type: 'text', required: true },
      { name: 'days', label: '天数', type: 'select', options: ['1', '2'] },
    ],
  } as const

  test('gives what was filled in, checked', async () => {
    await using stage = await createStage()
    const { outcome, card: shown } = await asked(stage, ctx => ctx.form(card, Leave))
    expect(shown).toMatchObject({
      templateId: FORM_TEMPLATE_ID,
      variables: { question_title: '请假', card_status: 'pending', form_btn_text: '提交' },
    })
    expect(JSON.parse(shown.variables.form ?? '')).toEqual({
      fields: [
        { name: 'reason', label: '事由', type: 'TEXT', required: true },
        {
          name: 'days',
          label: '天数',
          type: 'SELECT',
          options: [
            { value: '1', text: '1' },
            { value: '2', text: '2' },
          ],
        },
      ],
    })
    const alice = stage.sim.user('Alice 1')
    const { card: after } = await alice.submit(shown, { reason: '病假', days: '2' })
    expect(await outcome).toMatchObject({ data: { reason: '病假', days: 2 }, by: { userId: alice.userId } })
    expect(after.viewFor(alice)).toMatchObject({ card_status: 'submitted', question_desc: '✅ 已提交（Alice 1）' })
  })

  test('that does not fit the schema stays open, and says what is wrong to whoever filled it in', async () => {
    await using stage = await createStage()
    const { outcome, card: shown } = await asked(stage, ctx => ctx.form(card, Leave))
    const alice = stage.sim.user('Alice 1')
    const wrong = await alice.submit(shown, { reason: 'x', days: '1' })
    expect(wrong.card.viewFor(alice)).toMatchObject({
      card_status: 'pending',
      question_desc: '⚠️ 请修改：reason: 至少两个字',
    })
    await alice.submit(shown, { reason: '事假', days: '1' })
    expect(await outcome).toMatchObject({ data: { reason: '事假', days: 1 } })
  })

  test('that was given up is false', async () => {
    await using stage = await createStage()
    const { outcome, card: shown } = await asked(stage, ctx => ctx.form(card, Leave))
    const { card: after } = await stage.sim.user('Alice 1').submit(shown, {}, { cancel: true })
    expect(await outcome).toBe(false)
    expect(after.variables).toMatchObject({ card_status: 'cancelled', question_desc: '🚫 已取消（Alice 1）' })
  })
})
