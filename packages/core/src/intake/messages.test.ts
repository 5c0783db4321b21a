import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codes, delivery, setUp } from '../../fixtures/intake-bench.ts'
import { createUpdate, TOPICS } from '../updates/update.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe.each(['chatbot', 'delegate'] as const)('a message (%s)', kind => {
  test('is answered 200 as soon as it is admitted, before its handler has begun', () => {
    const { intake, runs, answers } = setUp()
    intake.accept(delivery(kind), { respond: reply => answers.push(reply) })
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('is answered when it waits, not only when it runs', async () => {
    const { push, runs, answers } = setUp({ concurrency: 1 })
    await push(delivery(kind, 'a'))
    await push(delivery(kind, 'b'))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('late: is answered 200 at the end', async () => {
    const { push, runs, answers } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([200])
  })

  test('late: is answered 500 when its handler throws', async () => {
    const { push, runs, answers, failures } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    await runs[0]?.fail()
    expect(codes(answers)).toEqual([500])
    expect(failures).toEqual(['boom'])
  })

  test('late: is answered 200 after 2.5 s anyway', async () => {
    const { push, answers } = setUp({ ack: { chatbot: 'late' } })
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(2_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(answers)).toEqual([200])
  })

  test.each([true, false])(
    'whose handler throws comes to nothing, unless nobody takes care of it (%s)',
    async isCared => {
      const { push, runs, dealt, intake } = setUp({ onFailure: async () => isCared })
      await push(delivery(kind))
      expect(dealt).toEqual([])
      await runs[0]?.fail()
      expect(dealt).toEqual([isCared ? undefined : 'boom'])
      expect(intake.stats()).toMatchObject({ received: 1, failed: 1, handled: 0 })
    },
  )

  test('that comes again while it runs is answered and not run again', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery(kind))
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('that comes again 20 minutes later, while it still runs, is not run again', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(20 * 60_000)
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
  })

  test('that comes again after it was handled is answered and not run again', async () => {
    const { push, runs, answers, dealt, intake } = setUp()
    await push(delivery(kind))
    await runs[0]?.succeed()
    expect(dealt).toEqual([undefined])
    await push(delivery(kind))
    expect(runs).toHaveLength(1)
    expect(codes(answers)).toEqual([200, 200])
    expect(dealt).toEqual([undefined, undefined])
    expect(intake.stats()).toMatchObject({ received: 2, handled: 1, failed: 0, duplicates: 1 })
  })

  test('that comes again after its handler failed runs again', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await runs[0]?.fail()
    await push(delivery(kind))
    expect(runs).toHaveLength(2)
  })

  test('of another robot with the same msgId is another message', async () => {
    const { push, runs } = setUp()
    await push(delivery(kind))
    await push(createUpdate(TOPICS[kind], { msgId: 'a', robotCode: 'another' }))
    expect(runs).toHaveLength(2)
  })

  test('without msgId is recognised by its delivery', async () => {
    const { push, runs } = setUp()
    const headers = { topic: TOPICS[kind], messageId: 'same' }
    await push(createUpdate(TOPICS[kind], {}, headers))
    await push(createUpdate(TOPICS[kind], {}, headers))
    expect(runs).toHaveLength(1)
  })
})
