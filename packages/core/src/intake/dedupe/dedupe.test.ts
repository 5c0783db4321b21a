import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createUpdate, TOPICS } from '../../updates/update.ts'
import { createDedupe, dedupeKeyOf } from './dedupe.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what was handled', () => {
  test('is known while it runs, however long, and for half an hour afterwards', () => {
    const dedupe = createDedupe()
    dedupe.begin('a')
    vi.advanceTimersByTime(24 * 3_600_000)
    expect(dedupe.seen('a')).toBe('running')
    dedupe.succeed('a')
    vi.advanceTimersByTime(30 * 60_000)
    expect(dedupe.seen('a')).toBe('done')
    vi.advanceTimersByTime(1)
    expect(dedupe.seen('a')).toBeUndefined()
  })

  test('is new again when its handler failed, and its failures are counted', () => {
    const dedupe = createDedupe()
    for (const failures of [1, 2]) {
      dedupe.begin('a')
      dedupe.fail('a')
      expect(dedupe.seen('a')).toBeUndefined()
      expect(dedupe.failures('a')).toEqual(failures)
    }
    dedupe.begin('a')
    expect(dedupe.failures('a')).toBe(2)
    dedupe.succeed('a')
    expect(dedupe.failures('a')).toBe(0)
  })

  test('keeps its count of failures when a redelivery never began', () => {
    const dedupe = createDedupe()
    dedupe.begin('a')
    dedupe.fail('a')
    dedupe.begin('a')
    dedupe.forget('a')
    expect(dedupe.seen('a')).toBeUndefined()
    expect(dedupe.failures('a')).toBe(1)
  })

  test('is new when its first delivery never began', () => {
    const dedupe = createDedupe()
    dedupe.begin('a')
    dedupe.forget('a')
    expect(dedupe.seen('a')).toBeUndefined()
    expect(dedupe.failures('a')).toBe(0)
  })
})

describe('memory', () => {
  test('holds as many as `max`, and forgets the oldest', () => {
    const dedupe = createDedupe({ max: 2 })
    for (const key of ['a', 'b', 'c']) {
      dedupe.begin(key)
      dedupe.succeed(key)
    }
    expect(['a', 'b', 'c'].map(dedupe.seen)).toEqual([undefined, 'done', 'done'])
  })

  test('never forgets what runs, which in turn keeps nothing else from being forgotten', () => {
    const dedupe = createDedupe({ max: 1 })
    dedupe.begin('long')
    for (const key of ['a', 'b']) {
      dedupe.begin(key)
      dedupe.succeed(key)
    }
    expect(['long', 'a', 'b'].map(dedupe.seen)).toEqual(['running', undefined, 'done'])
  })
})

type Step = { readonly do: 'begin' | 'succeed' | 'fail' | 'forget'; readonly key: string } | { readonly wait: number }

/** The same memory, written for nothing but to be plain. */
function plainDedupe(max: number, ttlMs: number) {
  const running = new Set<string>()
  const failures = new Map<string, number>()
  let settled: { readonly key: string; readonly at: number }[] = []
  const isFresh = ({ at }: { readonly at: number }): boolean => performance.now() - at <= ttlMs
  return {
    take(step: Step): void {
      if ('wait' in step) return void vi.advanceTimersByTime(step.wait)
      const { key } = step
      const wasRunning = running.delete(key)
      if (step.do === 'begin') {
        running.add(key)
        settled = settled.filter(it => it.key !== key)
        return
      }
      if (!wasRunning) return
      if (step.do === 'succeed') failures.delete(key)
      if (step.do === 'fail') failures.set(key, (failures.get(key) ?? 0) + 1)
      if (step.do === 'forget' && !failures.has(key)) return
      settled = [...settled, { key, at: performance.now() }].filter(isFresh).slice(-max)
    },
    seen(key: string): string | undefined {
      if (running.has(key)) return 'running'
      return settled.some(it => it.key === key && isFresh(it)) && !failures.has(key) ? 'done' : undefined
    },
  }
}

test('whatever happens to updates in any order, it knows what a plain memory knows', () => {
  const keys = ['a', 'b', 'c', 'd']
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constantFrom('begin', 'succeed', 'fail', 'forget'),
        key: fc.constantFrom(...keys),
      }),
    },
    fc.record({ wait: fc.integer({ min: 0, max: 60 }) }),
  )
  const property = fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 60 }), (max, steps) => {
    const dedupe = createDedupe({ max, ttlMs: 100 })
    const plain = plainDedupe(max, 100)
    for (const step of steps) {
      // In whole milliseconds: of what settles in the same one, nobody knows which was first.
      vi.advanceTimersByTime(1)
      plain.take(step)
      if ('do' in step && (step.do === 'begin' || dedupe.seen(step.key) === 'running')) dedupe[step.do](step.key)
      expect(keys.map(dedupe.seen)).toEqual(keys.map(plain.seen))
    }
  })
  fc.assert(property)
})

test('a memory without a bound is kept small by its time', () => {
  const dedupe = createDedupe({ max: Number.POSITIVE_INFINITY, ttlMs: 1_000 })
  for (const key of ['a', 'b']) {
    dedupe.begin(key)
    dedupe.fail(key)
    vi.advanceTimersByTime(800)
  }
  dedupe.begin('c')
  dedupe.succeed('c')
  // What is not kept has no failures either.
  expect(dedupe.failures('a')).toBe(0)
  expect(dedupe.failures('b')).toBe(1)
})

describe('the key of an update', () => {
  const keyOf = (topic: string, raw: unknown, headers: object = {}): string | undefined =>
    dedupeKeyOf(createUpdate(topic, raw, { topic, ...headers }))

  test.each([TOPICS.chatbot, TOPICS.delegate])('of a message (%s) is its robotCode and msgId', topic => {
    const raw = { robotCode: 'r', msgId: 'm' }
    expect(keyOf(topic, raw, { messageId: '1' })).toBe(keyOf(topic, raw, { messageId: '2' }))
    expect(keyOf(topic, { ...raw, robotCode: 's' })).not.toBe(keyOf(topic, raw))
    expect(keyOf(topic, { ...raw, msgId: 'n' })).not.toBe(keyOf(topic, raw))
  })

  test('of a message to the bot is not that of one it answers for a person', () => {
    const raw = { robotCode: 'r', msgId: 'm' }
    expect(keyOf(TOPICS.chatbot, raw)).not.toBe(keyOf(TOPICS.delegate, raw))
  })

  test('of an event is its eventId', () => {
    expect(keyOf('*', {}, { eventId: 'e', messageId: '1' })).toBe(keyOf('*', {}, { eventId: 'e', messageId: '2' }))
    expect(keyOf('*', {}, { eventId: 'e', messageId: '1' })).not.toBe(keyOf('*', {}, { eventId: 'f', messageId: '1' }))
  })

  test('of an event without eventId is its delivery', () => {
    expect(keyOf('*', {}, { messageId: '1' })).not.toBe(keyOf('*', {}, { messageId: '2' }))
    expect(keyOf('*', {})).toBeUndefined()
  })

  test('of what is no event has nothing of an eventId', () => {
    const same = { eventId: 'e' }
    const keys = ['1', '2'].map(messageId => keyOf(TOPICS.card, {}, { ...same, messageId }))
    expect(new Set(keys).size).toBe(2)
  })

  test.each([TOPICS.card, TOPICS.graph, TOPICS.dynamicData, '/v1.0/raw'])('of %s is its delivery', topic => {
    expect(keyOf(topic, { msgId: 'm' }, { messageId: '1' })).not.toBe(keyOf(topic, { msgId: 'm' }, { messageId: '2' }))
    expect(keyOf(topic, {}, { messageId: '1' })).toBe(keyOf(topic, {}, { messageId: '1' }))
  })

  test.each([null, 'text', 7, [], { msgId: 1 }])('of a message that is %j is its delivery', raw => {
    expect(keyOf(TOPICS.chatbot, raw, { messageId: '1' })).toContain('1')
    expect(keyOf(TOPICS.chatbot, raw)).toBeUndefined()
  })
})
