import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codes, datas, delivery, LATER, SUCCESS, setUp } from '../../fixtures/intake-bench.ts'
import type { Admission, Admitted, Outcome } from '../admission/admission.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

/** A door that says what a test likes, when it likes. */
function door(): { readonly admission: () => Admission; readonly say: (admitted: Admitted) => Promise<void> } {
  const asked: ((admitted: Admitted) => void)[] = []
  return {
    admission: () => ({ admit: () => new Promise(resolve => asked.push(resolve)) }),
    async say(admitted) {
      asked.shift()?.(admitted)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

describe('a message before a door', () => {
  test('is not answered, however long that takes, before it is kept', async () => {
    const { admission, say } = door()
    const { push, runs, answers } = setUp({ admission, ack: { chatbot: 'late' } })
    await push(delivery('chatbot'))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(answers).toEqual([])
    await say({ state: 'kept' })
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('that comes again after it was kept is answered and not kept again', async () => {
    const { admission, say } = door()
    const { push, answers, intake } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'kept' })
    await push(delivery('chatbot'))
    expect(codes(answers)).toEqual([200, 200])
    expect(intake.stats().duplicates).toBe(1)
  })

  test('that cannot be kept is run from memory, and answered when it has ended', async () => {
    const { admission, say } = door()
    const { push, runs, answers } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'away' })
    expect(runs.length).toBe(1)
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([200])
  })

  test('that cannot be kept is answered 2.5 s after it came, should it still run', async () => {
    const { admission, say } = door()
    const { push, answers } = setUp({ admission })
    await push(delivery('chatbot'))
    await vi.advanceTimersByTimeAsync(1_000)
    await say({ state: 'away' })
    await vi.advanceTimersByTimeAsync(1_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(answers)).toEqual([200])
  })

  test('of which too much is kept stays unanswered and is handed to onOverload', async () => {
    const { admission, say } = door()
    const { push, answers, overloads } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'refused' })
    expect(answers).toEqual([])
    expect(overloads.length).toBe(1)
  })

  test.each(['running', 'done'] as const)('that another has (%s) is answered and not run', async state => {
    const { admission, say } = door()
    const { push, runs, answers } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state })
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('that is claimed is run here, and its door is told how that ended', async () => {
    const { admission, say } = door()
    const outcomes: Outcome[] = []
    const { push, runs } = setUp({ admission })
    for (const id of ['a', 'b']) {
      await push(delivery('chatbot', id))
      await say({ state: 'claimed', settle: outcome => outcomes.push(outcome) })
    }
    await runs[0]?.succeed()
    await runs[1]?.fail()
    expect(outcomes).toEqual(['handled', 'failed'])
  })

  test('of which nothing is known when the bot gives up is left unanswered', async () => {
    const { admission, say } = door()
    const { push, runs, answers, intake } = setUp({ admission })
    await push(delivery('chatbot'))
    intake.clear()
    await intake.idle()
    await say({ state: 'kept' })
    expect(runs).toEqual([])
    expect(answers).toEqual([])
  })
})

describe('an event before a door', () => {
  test('is answered SUCCESS when it is kept', async () => {
    const { admission, say } = door()
    const { push, answers } = setUp({ admission })
    await push(delivery('event'))
    await say({ state: 'kept' })
    expect(datas(answers)).toEqual([SUCCESS])
  })

  test('is answered LATER after 2.5 s, and kept all the same', async () => {
    const { admission, say } = door()
    const { push, answers } = setUp({ admission })
    await push(delivery('event'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(datas(answers)).toEqual([LATER])
    await say({ state: 'kept' })
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, SUCCESS])
  })

  test('that cannot be kept is answered LATER and not run', async () => {
    const { admission, say } = door()
    const { push, runs, answers } = setUp({ admission })
    await push(delivery('event'))
    await say({ state: 'away' })
    expect(datas(answers)).toEqual([LATER])
    expect(runs).toEqual([])
  })
})

describe('what was kept', () => {
  test('waits for room, in order, however much waits already', async () => {
    const { push, runs, intake } = setUp({ concurrency: 1, maxWaiting: 0 })
    await push(delivery('chatbot', 'first'))
    const kept = ['a', 'b', 'c'].map(id => intake.run(delivery('chatbot', id), { isLast: false }))
    for (let index = 0; index < 4; index++) {
      await vi.advanceTimersByTimeAsync(100)
      await runs[index]?.succeed()
    }
    expect(await Promise.all(kept)).toEqual(['handled', 'handled', 'handled'])
    expect(runs.map(({ update }) => update.raw)).toMatchObject(['first', 'a', 'b', 'c'].map(msgId => ({ msgId })))
  })

  test('reaches bot.catch when its last run fails, and not before', async () => {
    const { runs, intake, retries, failures } = setUp()
    for (const [index, isLast] of [false, true].entries()) {
      const outcome = intake.run(delivery('chatbot'), { isLast })
      await vi.advanceTimersByTimeAsync(0)
      await runs[index]?.fail()
      expect(await outcome).toBe('failed')
    }
    expect(retries).toEqual(['boom'])
    expect(failures).toEqual(['boom'])
  })

  test('is dropped when the bot gives up before it has begun', async () => {
    const { push, intake } = setUp({ concurrency: 1, maxWaiting: 1 })
    await push(delivery('chatbot', 'first'))
    const outcomes = ['a', 'b'].map(id => intake.run(delivery('chatbot', id), { isLast: false }))
    await vi.advanceTimersByTimeAsync(100)
    intake.clear()
    expect(await Promise.all(outcomes)).toEqual(['dropped', 'dropped'])
  })
})
