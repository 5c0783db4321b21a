import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createDeferred } from '../utils/deferred.ts'
import { createItemQueue, createWorkQueue } from './work-queue.ts'

describe('work', () => {
  test('runs at once while there is room, then in order of arrival', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const [first, second] = [createDeferred(), createDeferred()]
    const started: number[] = []
    for (const [id, { promise }] of [first, second].entries()) {
      const work = (): Promise<void> => {
        started.push(id)
        return promise
      }
      expect(queue.push(work, 1)).toBe(true)
    }
    expect(started).toEqual([0])
    expect(queue.running).toBe(1)
    expect(queue.waiting).toBe(1)
    first.resolve()
    await vi.waitUntil(() => started.length === 2)
    second.resolve()
    await queue.idle()
    expect(queue.running).toBe(0)
    expect(queue.waiting).toBe(0)
  })

  test('that returns nothing holds no slot', () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const done = vi.fn()
    for (let i = 0; i < 5; i++) queue.push(() => void done(), 1)
    expect(done).toHaveBeenCalledTimes(5)
    expect(queue.running).toBe(0)
  })

  test('that rejects gives its slot back', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    queue.push(() => Promise.reject(new Error('no')), 1)
    await queue.idle()
    expect(queue.running).toBe(0)
  })

  test('that throws gives its slot back, and its error to who pushed it', () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const fail = (): void => {
      throw new Error('no')
    }
    expect(() => queue.push(fail, 1)).toThrow('no')
    expect(queue.running).toBe(0)
  })

  test('that pushes more while it begins does not exceed the concurrency, nor leave that behind', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const inner = vi.fn(async () => {})
    const gate = createDeferred()
    queue.push(() => {
      queue.push(inner, 1)
      expect(inner).not.toHaveBeenCalled()
      return gate.promise
    }, 1)
    expect(inner).not.toHaveBeenCalled()
    gate.resolve()
    await queue.idle()
    expect(inner).toHaveBeenCalledTimes(1)
    // The same from work that holds no slot.
    queue.push(() => void queue.push(inner, 1), 1)
    await queue.idle()
    expect(inner).toHaveBeenCalledTimes(2)
  })

  test('that waits is forgotten by clear(), which tells how much it was', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const gate = createDeferred()
    const late = vi.fn()
    queue.push(() => gate.promise, 1)
    for (let i = 0; i < 3; i++) queue.push(late, 1)
    expect(queue.clear()).toBe(3)
    gate.resolve()
    await queue.idle()
    expect(late).not.toHaveBeenCalled()
  })

  test('of any size is held without growing slower', () => {
    const queue = createWorkQueue({ concurrency: 1, maxWaiting: 200_000, maxWaitingBytes: Number.POSITIVE_INFINITY })
    const gate = createDeferred()
    let count = 0
    queue.push(() => gate.promise, 1)
    for (let i = 0; i < 200_000; i++) queue.push(() => void count++, 1)
    gate.resolve()
    return queue.idle().then(() => expect(count).toBe(200_000))
  })
})

describe('a queue of items', () => {
  test('runs them by its one function, in the order in which they came', async () => {
    const seen: string[] = []
    const queue = createItemQueue<string>({ concurrency: 2 }, { run: async item => void seen.push(item) })
    for (const item of ['a', 'b', 'c']) expect(queue.push(item, 1)).toBe(true)
    expect(queue.running).toBe(2)
    await queue.idle()
    expect(seen).toEqual(['a', 'b', 'c'])
  })

  test('that is deferred begins them behind what follows the push, and holds their slots meanwhile', async () => {
    const seen: string[] = []
    const run = (item: string): void => void seen.push(item)
    const queue = createItemQueue({ concurrency: 2, maxWaiting: 1 }, { run, isDeferred: true })
    expect(['a', 'b', 'c', 'd'].map(item => queue.push(item, 1))).toEqual([true, true, true, false])
    seen.push('after the pushes')
    expect(queue.running).toBe(2)
    expect(queue.waiting).toBe(1)
    await queue.idle()
    expect(seen).toEqual(['after the pushes', 'a', 'b', 'c'])
    expect(queue.running).toBe(0)
  })

  test('that is deferred goes on where one of them throws', async () => {
    const seen: string[] = []
    const run = (item: string): void => {
      if (item === 'bad') throw new Error('bad')
      seen.push(item)
    }
    const queue = createItemQueue({ concurrency: 3 }, { run, isDeferred: true })
    for (const item of ['bad', 'good']) queue.push(item, 1)
    await queue.idle()
    expect(seen).toEqual(['good'])
    expect(queue.running).toBe(0)
  })

  test('gives back those that have not begun', async () => {
    const gate = createDeferred()
    const queue = createItemQueue<string>({ concurrency: 1 }, { run: () => gate.promise })
    for (const item of ['a', 'b', 'c']) queue.push(item, 1)
    expect(queue.takeWaiting()).toEqual(['b', 'c'])
    gate.resolve()
    await queue.idle()
    expect(queue.waiting).toBe(0)
  })
})

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 50 }) }) },
    { weight: 2, arbitrary: fc.record({ finish: fc.nat(20), fails: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ breathe: true }) },
  ),
  { maxLength: 150 },
)
const limits = fc.record({
  concurrency: fc.integer({ min: 1, max: 4 }),
  maxWaiting: fc.integer({ min: 0, max: 6 }),
  maxWaitingBytes: fc.integer({ min: 0, max: 150 }),
})

describe('a queue under any sequence of arrivals and endings', () => {
  test('keeps its bounds and the order, and loses nothing', async () => {
    const property = fc.asyncProperty(limits, steps, async (limits, steps) => {
      const queue = createWorkQueue(limits)
      const running: { id: number; end: (fails: boolean) => void }[] = []
      const accepted: number[] = []
      const begun: number[] = []
      const sizes = new Map<number, number>()
      let nextId = 0
      const work = (id: number) => () =>
        new Promise<void>((resolve, reject) => {
          begun.push(id)
          running.push({ id, end: fails => (fails ? reject(new Error('no')) : resolve()) })
        })
      const waits = (): { waiting: number; bytes: number } => {
        const waiting = accepted.filter(id => !begun.includes(id))
        return { waiting: waiting.length, bytes: waiting.reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0) }
      }
      const check = (): void => {
        const { waiting, bytes } = waits()
        expect(queue.running).toBeLessThanOrEqual(limits.concurrency)
        expect(queue.waiting).toBe(waiting)
        expect(waiting).toBeLessThanOrEqual(limits.maxWaiting)
        expect(bytes).toBeLessThanOrEqual(limits.maxWaitingBytes)
      }
      for (const step of steps) {
        if ('push' in step) {
          const id = nextId++
          const { waiting, bytes } = waits()
          const isFree = queue.running < limits.concurrency && waiting === 0
          const hasRoom = waiting < limits.maxWaiting && bytes + step.push <= limits.maxWaitingBytes
          sizes.set(id, step.push)
          if (isFree || hasRoom) accepted.push(id)
          expect(queue.push(work(id), step.push)).toBe(isFree || hasRoom)
        } else if ('finish' in step) {
          running.splice(step.finish % Math.max(1, running.length), 1)[0]?.end(step.fails)
        } else {
          await new Promise(resolve => setImmediate(resolve))
        }
        check()
      }
      const idle = queue.idle()
      while (queue.running + queue.waiting > 0) {
        for (const { end } of running.splice(0)) end(false)
        await new Promise(resolve => setImmediate(resolve))
        check()
      }
      await idle
      expect(begun).toEqual(accepted)
    })
    await fc.assert(property, { numRuns: 150 })
  })

  test('does not strand what arrives between the last removal and the release of its slot', async () => {
    const property = fc.asyncProperty(
      fc.scheduler(),
      fc.integer({ min: 1, max: 3 }),
      async (scheduler, concurrency) => {
        const queue = createWorkQueue({ concurrency })
        const done: string[] = []
        const work = (id: string) => () => scheduler.schedule(Promise.resolve(), id).then(() => void done.push(id))
        for (let i = 0; i < 4; i++) queue.push(work(`early ${i}`), 1)
        // Arrivals and endings are interleaved in every order that the scheduler can think of.
        scheduler.scheduleSequence([1, 2, 3, 4].map(i => async () => void queue.push(work(`late ${i}`), 1)))
        await scheduler.waitIdle()
        await queue.idle()
        expect(done).toHaveLength(8)
      },
    )
    await fc.assert(property, { numRuns: 300 })
  })
})
