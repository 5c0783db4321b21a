import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { createDeferred } from '../utils/deferred.ts'
import type { Slot } from './slots.ts'
import { createWorkQueue, type Work } from './work-queue.ts'

describe('a slot', () => {
  test('that is lent runs others, and is taken again ahead of what has not begun', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const [wait, other] = [createDeferred(), createDeferred()]
    const log: string[] = []
    const lender: Work = async slot => {
      log.push('lender begins')
      await slot.lend(wait.promise)
      log.push('lender goes on')
    }
    const borrower = async (): Promise<void> => {
      log.push('borrower begins')
      await other.promise
    }
    queue.push(lender, 1)
    queue.push(borrower, 1)
    queue.push(() => log.push('last'), 1)
    expect(log).toEqual(['lender begins', 'borrower begins'])
    wait.resolve()
    await new Promise(resolve => setImmediate(resolve))
    expect(log).toHaveLength(2)
    other.resolve()
    await queue.idle()
    expect(log.slice(2)).toEqual(['lender goes on', 'last'])
  })

  test('may be lent by a function that was taken off it', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    queue.push(async ({ lend }) => expect(await lend(Promise.resolve('answer'))).toBe('answer'), 1)
    await queue.idle()
    expect(queue.lent).toBe(0)
  })

  test('that is lent keeps the queue from being idle, and comes back when the wait fails', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const wait = createDeferred()
    const idle = vi.fn()
    queue.push(slot => slot.lend(wait.promise).catch(() => {}), 1)
    const done = queue.idle().then(idle)
    await new Promise(resolve => setImmediate(resolve))
    expect(idle).not.toHaveBeenCalled()
    wait.reject(new Error('no'))
    await done
    expect(queue.running).toBe(0)
  })
})

describe('a slot that is lent for several waits at once', () => {
  const next = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

  test('is lent once, and taken again by the last of them', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const [a, b, other] = [createDeferred(), createDeferred(), createDeferred()]
    queue.push(slot => Promise.all([slot.lend(a.promise), slot.lend(b.promise)]), 1)
    expect(queue.running).toBe(0)
    queue.push(() => other.promise, 1)
    a.resolve()
    await next()
    expect(queue.running).toBe(1)
    other.resolve()
    b.resolve()
    await queue.idle()
    expect(queue.running).toBe(0)
  })

  test('is not given back twice when the work ends before a wait does', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const [a, stray, other] = [createDeferred(), createDeferred(), createDeferred()]
    queue.push(slot => Promise.race([slot.lend(a.promise), slot.lend(stray.promise)]), 1)
    a.resolve()
    await queue.idle()
    queue.push(() => other.promise, 1)
    stray.resolve()
    await next()
    expect(queue.running).toBe(1)
    other.resolve()
    await queue.idle()
    expect(queue.running).toBe(0)
  })

  test('is not there any more when the work has ended: the wait goes on without it', async () => {
    const queue = createWorkQueue({ concurrency: 1 })
    const slots: Slot[] = []
    queue.push(async slot => void slots.push(slot), 1)
    await queue.idle()
    expect(await slots[0]?.lend(Promise.resolve('answer'))).toBe('answer')
    expect(queue.running).toBe(0)
  })
})

type SlotStep =
  | { readonly lend: number }
  | { readonly settle: number }
  | { readonly end: number }
  | { readonly push: true }

const slotSteps = fc.array(
  fc.oneof(
    fc.record({ lend: fc.nat(5) }),
    fc.record({ settle: fc.nat(20) }),
    fc.record({ end: fc.nat(5) }),
    fc.constant({ push: true } as const),
  ),
  { maxLength: 60 },
)

test('slots lent in any way and at any time keep the bound, are neither lost nor doubled, and leave the queue idle', async () => {
  const property = fc.asyncProperty(fc.integer({ min: 1, max: 3 }), slotSteps, async (concurrency, steps) => {
    const queue = createWorkQueue({ concurrency, maxWaiting: 100 })
    const works: { slot: Slot; end: () => void }[] = []
    const waits: (() => void)[] = []
    const push = (): void => {
      queue.push(slot => new Promise<void>(end => void works.push({ slot, end })), 1)
    }
    const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)]
    const take = (step: SlotStep): void => {
      if ('push' in step) push()
      else if ('settle' in step) waits.splice(step.settle % Math.max(1, waits.length), 1)[0]?.()
      else if ('end' in step) at(works, step.end)?.end()
      else {
        const wait = createDeferred()
        waits.push(wait.resolve)
        void at(works, step.lend)?.slot.lend(wait.promise)
      }
    }
    push()
    for (const step of steps) {
      take(step)
      if (waits.length % 2 === 0) await new Promise(resolve => setImmediate(resolve))
      expect(queue.running).toBeLessThanOrEqual(concurrency)
      expect(queue.running).toBeGreaterThanOrEqual(0)
    }
    const idle = queue.idle()
    for (let i = 0; i < works.length || i < steps.length; i++) {
      works[i]?.end()
      await new Promise(resolve => setImmediate(resolve))
    }
    await idle
    for (const settle of waits) settle()
    await new Promise(resolve => setImmediate(resolve))
    expect(queue.running).toBe(0)
    expect(queue.waiting).toBe(0)
    // All of it is there again.
    const gates = Array.from({ length: concurrency }, () => createDeferred())
    for (const { promise } of gates) queue.push(() => promise, 1)
    expect(queue.running).toEqual(concurrency)
    expect(queue.waiting).toBe(0)
    for (const { resolve } of gates) resolve()
  })
  await fc.assert(property, { numRuns: 200 })
})

/** One step of the world around a queue: something arrives (with its size), or something that runs comes to an end. */
