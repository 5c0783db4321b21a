import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createGate } from '../../fixtures/gate.ts'
import { codes, datas, delivery, LATER, SUCCESS, setUp } from '../../fixtures/intake-bench.ts'
import type { Admission, Admitted, Outcome } from './admission/admission.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface AdmissionBench {
  readonly admission: () => Admission
  /** How many updates wait for a word. */
  readonly asked: () => number
  readonly say: (admitted: Admitted) => Promise<void>
}

/** An admission that says what a test likes, when it likes. */
function decides(): AdmissionBench {
  const asked: ((admitted: Admitted) => void)[] = []
  return {
    admission: () => ({ admit: () => new Promise(resolve => asked.push(resolve)) }),
    asked: () => asked.length,
    async say(admitted) {
      asked.shift()?.(admitted)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

describe('a message before an admission', () => {
  test.each(['chatbot', 'delegate'] as const)('is not answered before it is kept (%s)', async kind => {
    const { admission, say } = decides()
    const { push, runs, answers } = setUp({ admission, ack: { chatbot: 'late' } })
    await push(delivery(kind))
    await vi.advanceTimersByTimeAsync(10_000)
    expect(answers).toEqual([])
    await say({ state: 'kept' })
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('that is kept is dealt with when it has been handled, where its admission says so', async () => {
    const { admission, say } = decides()
    const { push, dealt, intake } = setUp({ admission })
    const gate = createGate()
    await push(delivery('chatbot', 'a'))
    await say({ state: 'kept', handled: gate.wait() })
    await push(delivery('chatbot', 'b'))
    await say({ state: 'kept' })
    expect(dealt).toHaveLength(1)
    gate.open()
    await vi.advanceTimersByTimeAsync(0)
    expect(dealt).toEqual([undefined, undefined])
    expect(intake.stats().duplicates).toBe(0)
  })

  test('that comes again after it was kept is answered and not kept again', async () => {
    const { admission, say } = decides()
    const { push, answers, intake } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'kept' })
    await push(delivery('chatbot'))
    expect(codes(answers)).toEqual([200, 200])
    expect(intake.stats().duplicates).toBe(1)
  })

  test('that cannot be kept is run from memory, and answered when it has ended', async () => {
    const { admission, say } = decides()
    const { push, runs, answers } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'away' })
    expect(runs.length).toBe(1)
    expect(answers).toEqual([])
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([200])
  })

  test('that cannot be kept is answered 2.5 s after it came, should it still run', async () => {
    const { admission, say } = decides()
    const { push, answers } = setUp({ admission })
    await vi.advanceTimersByTimeAsync(10_000)
    await push(delivery('chatbot'))
    await vi.advanceTimersByTimeAsync(1_000)
    await say({ state: 'away' })
    await vi.advanceTimersByTimeAsync(1_499)
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(answers)).toEqual([200])
  })

  test('that is claimed is answered as it would be without the admission: late, or after 2.5 s', async () => {
    const { admission, say } = decides()
    const { push, runs, answers } = setUp({ admission, ack: { chatbot: 'late' } })
    for (const id of ['a', 'b']) {
      await push(delivery('chatbot', id))
      await say({ state: 'claimed', settle() {} })
    }
    await runs[0]?.succeed()
    expect(codes(answers)).toEqual([200])
    await vi.advanceTimersByTimeAsync(2_499)
    expect(codes(answers)).toEqual([200])
    await vi.advanceTimersByTimeAsync(1)
    expect(codes(answers)).toEqual([200, 200])
  })

  test('of which too much is kept stays unanswered and is handed to onOverload', async () => {
    const { admission, say } = decides()
    const { push, answers, overloads } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state: 'refused' })
    expect(answers).toEqual([])
    expect(overloads.length).toBe(1)
  })

  test.each(['running', 'done'] as const)('that another has (%s) is answered, counted and not run', async state => {
    const { admission, say } = decides()
    const { push, runs, answers, dealt, intake } = setUp({ admission })
    await push(delivery('chatbot'))
    await say({ state })
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
    expect(dealt).toEqual([undefined])
    expect(intake.stats().duplicates).toBe(1)
  })

  test('that is claimed is run here, and its admission is told how that ended', async () => {
    const { admission, say } = decides()
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

  test('that is claimed, and for which there is no room, is let go of', async () => {
    const { admission, say } = decides()
    const outcomes: Outcome[] = []
    const { push, intake, overloads } = setUp({ admission, concurrency: 1, maxWaiting: 1 })
    for (const id of ['runs', 'waits', 'refused']) {
      await push(delivery('chatbot', id))
      await say({ state: 'claimed', settle: outcome => outcomes.push(outcome) })
    }
    expect(outcomes).toEqual(['dropped'])
    expect(overloads).toHaveLength(1)
    intake.clear()
    expect(outcomes).toEqual(['dropped', 'dropped'])
  })

  test.each(['kept', 'claimed'] as const)(
    'of which nothing is known when the bot gives up is new again',
    async state => {
      const { admission, asked, say } = decides()
      const { push, runs, answers, dealt, intake } = setUp({ admission })
      await push(delivery('chatbot'))
      intake.clear()
      await intake.idle()
      await say({ state, settle() {} })
      expect(runs).toEqual([])
      expect(answers).toEqual([])
      expect(dealt).toEqual([undefined])
      await push(delivery('chatbot'))
      expect(asked()).toBe(1)
    },
  )

  test('is waited for by a bot that wants to be idle', async () => {
    const { admission, say } = decides()
    const { push, intake } = setUp({ admission })
    for (const id of ['a', 'b']) await push(delivery('chatbot', id))
    const idle = vi.fn()
    void intake.idle().then(idle)
    await say({ state: 'kept' })
    expect(idle).not.toHaveBeenCalled()
    await say({ state: 'kept' })
    expect(idle).toHaveBeenCalled()
  })
})

describe('an admission that need not think', () => {
  test('may keep a message at once', async () => {
    const { push, runs, answers } = setUp({ admission: () => ({ admit: () => ({ state: 'kept' }) }) })
    await push(delivery('chatbot'))
    expect(codes(answers)).toEqual([200])
    expect(runs).toEqual([])
  })

  test('may claim a message at once', async () => {
    const admission = (): Admission => ({ admit: () => ({ state: 'claimed', settle() {} }) })
    const { push, runs, answers } = setUp({ admission, ack: { chatbot: 'late' } })
    await push(delivery('chatbot'))
    expect(runs).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(codes(answers)).toEqual([200])
  })

  test.each([() => undefined, () => ({ admit: () => undefined })])(
    'may let it pass, or not be there',
    async admission => {
      const { push, runs, answers } = setUp({ admission })
      await push(delivery('chatbot'))
      expect(codes(answers)).toEqual([200])
      expect(runs).toHaveLength(1)
    },
  )
})

describe('an event before an admission', () => {
  test('is answered SUCCESS when it is kept', async () => {
    const { admission, say } = decides()
    const { push, answers } = setUp({ admission })
    await push(delivery('event'))
    await say({ state: 'kept' })
    expect(datas(answers)).toEqual([SUCCESS])
  })

  test('is answered LATER after 2.5 s, and kept all the same', async () => {
    const { admission, say } = decides()
    const { push, answers } = setUp({ admission })
    await push(delivery('event'))
    await vi.advanceTimersByTimeAsync(2_500)
    expect(datas(answers)).toEqual([LATER])
    await say({ state: 'kept' })
    await push(delivery('event'))
    expect(datas(answers)).toEqual([LATER, SUCCESS])
  })

  test('that cannot be kept is answered LATER and not run, and is new when it comes again', async () => {
    const { admission, asked, say } = decides()
    const { push, runs, answers, dealt } = setUp({ admission })
    await push(delivery('event'))
    await say({ state: 'away' })
    expect(datas(answers)).toEqual([LATER])
    expect(runs).toEqual([])
    expect(dealt).toEqual([undefined])
    await push(delivery('event'))
    expect(asked()).toBe(1)
  })

  test('that another runs is answered LATER until the other has done it, then SUCCESS without asking again', async () => {
    const { admission, asked, say } = decides()
    const { push, runs, answers } = setUp({ admission })
    for (const state of ['running', 'done'] as const) {
      await push(delivery('event'))
      await say({ state })
    }
    expect(datas(answers)).toEqual([LATER, SUCCESS])
    await push(delivery('event'))
    expect(asked()).toBe(0)
    expect(datas(answers)).toEqual([LATER, SUCCESS, SUCCESS])
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
      expect(retries).toEqual(['boom'])
      expect(failures).toEqual(isLast ? ['boom'] : [])
    }
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
