import { TimeoutError } from '@dingware/core'
import { describe, expect, test } from 'vitest'
import { DEFAULT_FAILURE_TEXT } from '../engine/limits.ts'
import { createFaucet, createStage, INSTANCES, STREAM } from '../testing/stage.ts'

const BROKEN_OFF = `一半的**回答**\n\n${DEFAULT_FAILURE_TEXT}`

describe.concurrent('an AI card ends', () => {
  test('failed, with what there is and a notice, when its source throws; and stream() throws the same', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    const error = new Error('the model is gone')
    const outcome = stage.answer(ctx => ctx.aiCard().stream(faucet))
    faucet.give('一半的**回答')
    await stage.shows(card => card.variables.msgContent === '一半的**回答**')
    faucet.fail(error)
    await expect(outcome).rejects.toBe(error)
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'failed', variables: { msgContent: BROKEN_OFF } })
    expect(faucet.isReturned).toBe(true)
  })

  test('failed when its source hangs, and the source is told', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    faucet.give('一半的**回答')
    await expect(stage.answer(ctx => ctx.aiCard().stream(faucet, { idleTimeout: 700 }))).rejects.toBeInstanceOf(
      TimeoutError,
    )
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'failed', variables: { msgContent: BROKEN_OFF } })
    expect(faucet.isReturned).toBe(true)
  })

  test('finished with what there is when the given signal aborts, and the source is told', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    const controller = new AbortController()
    const outcome = stage.answer(ctx =>
      ctx
        .aiCard({ signal: controller.signal, buttons: [{ text: '停止', id: 'stop' }] })
        .stream(faucet, { buttons: [] }),
    )
    faucet.give('够了')
    await stage.shows(card => card.variables.msgContent === '够了')
    controller.abort('enough')
    expect(await outcome).toMatchObject({ status: 'stopped', endedBy: 'abort', reason: 'enough', text: '够了' })
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'finished', variables: { msgContent: '够了' } })
    expect(card?.variables.sys_full_json_obj).not.toContain('停止')
    expect(faucet.isReturned).toBe(true)
  })

  test('at once when the signal had aborted before', async () => {
    await using stage = await createStage()
    const result = await stage.answer(ctx =>
      ctx.aiCard({ signal: AbortSignal.abort() }).stream(createFaucet()).catch(String),
    )
    expect(result).toMatchObject({ status: 'stopped', endedBy: 'abort' })
  })

  test('failed when the bot stops while the source still writes', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    const outcome = stage.answer(ctx => ctx.aiCard().stream(faucet))
    faucet.give('一半的**回答')
    await stage.shows(card => card.status === 'inputting' && card.variables.msgContent !== '')
    await stage.bot.stop({ timeout: 100 })
    expect(await outcome).toMatchObject({ status: 'failed', endedBy: 'stop' })
    const [card] = stage.sim.cards.values()
    expect(card).toMatchObject({ status: 'failed', variables: { msgContent: BROKEN_OFF } })
    expect(faucet.isReturned).toBe(true)
  })

  test('failed when the bot stops and nobody waits for the card any more', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => ctx.aiCard().append('一半的**回答'))
    await stage.shows(card => card.status === 'inputting')
    await stage.bot.stop()
    expect([...stage.sim.cards.values()]).toMatchObject([{ status: 'failed', variables: { msgContent: BROKEN_OFF } }])
    expect(stage.plugin.stats().open).toBe(0)
  })

  test('failed when the block that declared it with `await using` is left', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      await using card = ctx.aiCard()
      card.append('一半的**回答')
    })
    expect([...stage.sim.cards.values()]).toMatchObject([{ status: 'failed', variables: { msgContent: BROKEN_OFF } }])
  })

  test('without a trace when nothing was written within that block', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      await using _card = ctx.aiCard()
    })
    expect(stage.sim.cards.size).toBe(0)
    expect(stage.messages()).toEqual([])
  })

  test('by the update alone when its last frame is refused for good', async () => {
    await using stage = await createStage()
    stage.sim.faults.api({
      path: STREAM,
      fault: { status: 500, body: { code: 'unknownError', message: 'x' } },
      times: 100,
    })
    const result = await stage.answer(ctx => ctx.aiCard().finish('完整的回答'))
    expect(result.fallback).toBeUndefined()
    expect([...stage.sim.cards.values()]).toMatchObject([
      { status: 'finished', variables: { msgContent: '完整的回答', flowStatus: '3' } },
    ])
  })

  test('as a message when frames and updates are both refused for good', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      await card.start()
      stage.sim.permissions.revoke('Card.Streaming.Write', 'Card.Instance.Write')
      await card.finish('完整的回答')
    })
    expect(stage.messages()).toEqual(['完整的回答'])
  })

  test('at least 500 ms after it was delivered, also when its text is there at once', async () => {
    await using stage = await createStage()
    await stage.answer(ctx => ctx.aiCard().stream(['回', '答']))
    const created = stage.sim.calls.find(({ path }) => path.endsWith('createAndDeliver'))
    const ended = stage.sim.calls.find(({ body }) => JSON.stringify(body).includes('"isFinalize":true'))
    expect((ended?.at ?? 0) - (created?.at ?? 0)).toBeGreaterThanOrEqual(495)
  })

  test('in the robust order: created, inputting, frames that hold all so far, the last one, finished', async () => {
    await using stage = await createStage()
    const faucet = createFaucet()
    const outcome = stage.answer(ctx =>
      ctx.aiCard({ title: '助手' }).stream(faucet, { buttons: [{ text: '重试', id: 'again' }] }),
    )
    faucet.give('你好')
    await stage.shows(card => card.variables.msgContent === '你好')
    faucet.give('，世界\n')
    await stage.shows(card => card.variables.msgContent === '你好，世界')
    faucet.end()
    await outcome
    const calls = stage.sim.calls.filter(({ path }) => path.startsWith('/v1.0/card/'))
    expect(calls.map(({ method, path }) => `${method} ${path.slice('/v1.0/card/'.length)}`)).toEqual([
      'POST instances/createAndDeliver',
      'PUT instances',
      'PUT streaming',
      'PUT streaming',
      'PUT streaming',
      'PUT instances',
    ])
    expect(stage.bodies(INSTANCES, 'PUT')).toMatchObject([
      {
        cardData: { cardParamMap: { flowStatus: '2', msgContent: '' } },
        cardUpdateOptions: { updateCardDataByKey: true },
      },
      { cardData: { cardParamMap: { flowStatus: '3', msgContent: '你好，世界', msgTitle: '助手' } } },
    ])
    const [card] = stage.sim.cards.values()
    expect(JSON.parse(card?.variables.sys_full_json_obj ?? '')).toMatchObject({
      msgButtons: [{ text: '重试', id: 'again', request: true }],
    })
  })

  test('once: finish() and fail() after the end give the same result, and writing throws', async () => {
    await using stage = await createStage()
    await stage.answer(async ctx => {
      const card = ctx.aiCard()
      const first = await card.finish('好')
      expect(await card.fail()).toBe(first)
      expect(card.state).toBe('finished')
      expect(() => card.append('x')).toThrow(/has ended \(finished\).*Start another/)
    })
    expect(stage.sim.cards.size).toBe(1)
  })
})
