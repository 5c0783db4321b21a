import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codes, datas, delivery, setUp } from '../../fixtures/intake-bench.ts'

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
    runs[0]?.exchange.respond({ code: 200, message: 'OK', data: { response: { cardData: {} } } })
    await runs[0]?.succeed()
    expect(datas(answers)).toEqual([{ response: { cardData: {} } }])
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
