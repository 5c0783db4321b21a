import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codes, datas, delivery, setUp } from '../../fixtures/intake-bench.ts'
import { createUpdate, TOPICS, type Update } from '../updates/update.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('a click', () => {
  test('is answered with what the handler responds', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    expect(runs[0]?.exchange.isOpen).toBe(true)
    expect(runs[0]?.exchange.respond({ code: 200, message: 'OK', data: { response: { cardData: {} } } })).toBe(true)
    expect(runs[0]?.exchange.isOpen).toBe(false)
    await runs[0]?.succeed()
    expect(datas(answers)).toEqual([{ response: { cardData: {} } }])
  })

  test('pushed again because its answer could not leave is answered by the next socket, and not run again', async () => {
    const { push, runs, answers, dealt, intake } = setUp()
    await push(delivery('card'), { respond: () => false })
    await runs[0]?.succeed()
    const again = delivery('card')
    await push(again)
    expect(datas(answers)).toEqual([{ response: {} }])
    await push(again)
    expect(runs).toHaveLength(1)
    expect(dealt).toEqual([undefined, undefined, undefined])
    expect(intake.stats()).toMatchObject({ received: 3, duplicates: 2, handled: 1 })
  })

  test.each(['succeed', 'fail'] as const)('is answered {} when its handler ends (%s) without a response', async how => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    await runs[0]?.[how]()
    expect(datas(answers)).toEqual([{ response: {} }])
  })

  test('is answered {} after 1.5 s, and a response that comes later is too late', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('card'))
    await vi.advanceTimersByTimeAsync(1_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(datas(answers)).toEqual([{ response: {} }])
    expect(runs[0]?.exchange.respond({ code: 200, message: 'OK', data: 'late' })).toBe(false)
    expect(answers).toHaveLength(1)
  })

  test('is told apart from the next click by its delivery', async () => {
    const { push, runs } = setUp()
    const click = delivery('card')
    await push(click)
    await push(click)
    await push(delivery('card'))
    expect(runs).toHaveLength(2)
  })
})

describe.each(['graph', 'dynamicData'] as const)('a question (%s)', kind => {
  test.each([null, undefined, 'text', 7, {}, { status: 'OK' }])('may be answered with %j', async data => {
    const { push, runs, answers, intake } = setUp()
    await push(delivery(kind))
    runs[0]?.exchange.respond({ code: 200, message: 'OK', data })
    expect(datas(answers)).toEqual([data])
    expect(intake.stats().later).toBe(0)
  })

  test('that is alike another is another', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind), { respond: () => false })
    await runs[0]?.succeed()
    await push(delivery(kind))
    expect(runs).toHaveLength(2)
  })

  test('is answered with what the handler responds', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    runs[0]?.exchange.respond({ code: 200, message: 'OK', data: { response: 'it' } })
    expect(datas(answers)).toEqual([{ response: 'it' }])
  })

  test('is answered 500 when its handler threw', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await runs[0]?.fail()
    expect(codes(answers)).toEqual([500])
  })

  test('is answered 500 after 2.5 s', async () => {
    const { push, answers } = setUp()
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(codes(answers)).toEqual([500])
  })

  test('that nobody answers is answered 404', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([404])
  })
})

test('a click that comes again while its first push is handled is answered on the way that is left, which stays open', async () => {
  const { push, runs } = setUp()
  const click = (): Update => createUpdate(TOPICS.card, { outTrackId: 'o', userId: 'u', content: '{}' })
  const fresh = { respond: vi.fn(() => true), leave: vi.fn(), canRespond: true }
  await push(click(), { respond: () => false, canRespond: false })
  await push(click(), fresh)
  expect(runs).toHaveLength(1)
  expect(fresh.leave).not.toHaveBeenCalled()
  await runs[0]?.succeed()
  expect(fresh.respond).toHaveBeenCalledTimes(1)
})

test('a click that was dropped is told to its channel, and runs when it comes again', async () => {
  const { push, runs } = setUp({ concurrency: 1, maxWaiting: 0 })
  const click = (outTrackId: string): Update => createUpdate(TOPICS.card, { outTrackId, userId: 'u', content: '{}' })
  const channel = { respond: vi.fn(() => true), leave: vi.fn(), canRespond: true }
  await push(click('first'))
  await push(click('second'), channel)
  expect(channel.leave).toHaveBeenCalledTimes(1)
  await runs[0]?.succeed()
  await push(click('second'), channel)
  expect(runs).toHaveLength(2)
})
