import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { datas, delivery, LATER, setUp } from '../../fixtures/intake-bench.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('too much', () => {
  test('an event is answered LATER and runs when it comes again', async () => {
    const { push, runs, answers, overloads, intake } = setUp({ concurrency: 1, maxWaiting: 1 })
    for (const id of ['a', 'b', 'c']) await push(delivery('event', id))
    expect(datas(answers)).toEqual([LATER])
    expect(overloads).toHaveLength(1)
    await runs[0]?.succeed()
    await runs[1]?.succeed()
    await push(delivery('event', 'c'))
    expect(runs.map(({ update }) => update.headers.eventId)).toEqual(['a', 'b', 'c'])
    expect(intake.stats().overloads).toBe(1)
  })

  test.each(['chatbot', 'delegate', 'card', 'graph', 'dynamicData'] as const)(
    '%s stays unanswered, is counted and handed to onOverload',
    async kind => {
      const { push, answers, overloads, intake } = setUp({ concurrency: 1, maxWaiting: 1 })
      await push(delivery('event', 'x'))
      await push(delivery('event', 'y'))
      const refused = delivery(kind)
      await push(refused)
      await vi.advanceTimersByTimeAsync(2_000)
      expect(answers).toEqual([])
      expect(overloads).toEqual([refused])
      expect(intake.stats().overloads).toBe(1)
    },
  )

  test('is counted in bytes as well', async () => {
    const { push, overloads } = setUp({ concurrency: 1, maxWaitingBytes: 0 })
    await push(delivery('chatbot', 'a'))
    await push({ ...delivery('chatbot', 'b'), size: 1, raw: { msgId: 'b' } })
    expect(overloads).toHaveLength(1)
  })

  test('what was refused and then run is still known when the bot gives up on others', async () => {
    const { push, runs, intake } = setUp({ concurrency: 1, maxWaiting: 0 })
    await push(delivery('chatbot', 'a'))
    await push(delivery('chatbot', 'b'))
    await runs[0]?.succeed()
    await push(delivery('chatbot', 'b'))
    expect(runs).toHaveLength(2)
    intake.clear()
    await push(delivery('chatbot', 'b'))
    expect(intake.stats()).toMatchObject({ duplicates: 1, overloads: 1 })
  })

  test('what waits when the bot gives up is taken as if it had never come', async () => {
    const { push, runs, dealt, intake } = setUp({ concurrency: 1 })
    await push(delivery('chatbot', 'a'))
    await push(delivery('chatbot', 'b'))
    expect(intake.clear()).toBe(1)
    await vi.advanceTimersByTimeAsync(0)
    expect(dealt).toEqual([undefined])
    await runs[0]?.succeed()
    await push(delivery('chatbot', 'b'))
    expect(runs).toHaveLength(2)
  })
})
