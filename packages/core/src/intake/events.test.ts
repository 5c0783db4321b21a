import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { datas, delivery, LATER, SUCCESS, setUp } from '../../fixtures/intake-bench.ts'
import { createUpdate, TOPICS } from '../updates/update.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('an event', () => {
  test('is answered SUCCESS when its handler ended', async () => {
    const { push, runs, answers } = setUp()
    await push(delivery('event'))
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(datas(answers)).toEqual([SUCCESS])
  })

  test('is answered LATER when its handler threw, and runs again when it comes again', async () => {
    const { push, runs, answers, retries, failures, dealt, intake } = setUp()
    await push(delivery('event'))
    await runs[0]?.fail()
    expect(datas(answers)).toEqual([LATER])
    expect(retries).toEqual(['boom'])
    expect(failures).toEqual([])
    expect(dealt).toEqual(['boom'])
    await push(delivery('event'))
    expect(runs).toHaveLength(2)
    expect(intake.stats().later).toBe(1)
  })

  test('that throws three times is answered SUCCESS and given up', async () => {
    const { push, runs, answers, retries, failures } = setUp()
    for (const index of [0, 1, 2]) {
      await push(delivery('event'))
      await runs[index]?.fail()
    }
    expect(datas(answers)).toEqual([LATER, LATER, SUCCESS])
    expect(retries.length).toBe(2)
    expect(failures.length).toBe(1)
    await push(delivery('event'))
    expect(runs).toHaveLength(3)
    expect(datas(answers).at(-1)).toEqual(SUCCESS)
  })

  test('without an eventId cannot be counted, so one throw has to do', async () => {
    const { push, runs, answers, failures } = setUp()
    await push(createUpdate(TOPICS.event, {}, { topic: '*', messageId: 'x' }))
    await runs[0]?.fail()
    expect(datas(answers)).toEqual([SUCCESS])
    expect(failures).toEqual(['boom'])
  })

  test('unfinished after 2.5 s is answered LATER; coming again it is LATER while it runs, SUCCESS after it succeeded', async () => {
    const { push, runs, answers, intake } = setUp()
    await push(delivery('event'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(datas(answers)).toEqual([LATER])
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, LATER])
    await runs[0]?.succeed()
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, LATER, SUCCESS])
    expect(runs).toHaveLength(1)
    expect(intake.stats()).toMatchObject({ later: 2, duplicates: 2, handled: 1 })
  })

  test('early: is answered SUCCESS when it is admitted, and told at once when its handler throws', async () => {
    const { push, runs, answers, failures } = setUp({ ack: { event: 'early' } })
    await push(delivery('event'))
    expect(datas(answers)).toEqual([SUCCESS])
    await runs[0]?.fail()
    expect(failures).toEqual(['boom'])
    expect(answers).toHaveLength(1)
  })
})
