import { createDeferred } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { codes, datas, delivery, SUCCESS, setUp } from '../../fixtures/intake-bench.ts'
import type { Runner } from './runner.ts'

type Offer = NonNullable<Runner<string>['offer']>

/** A handler that waits for every update until it ends. */
function waiter(): { readonly offer: Offer; readonly end: (error?: string) => Promise<void> } {
  const { promise, resolve } = createDeferred<string | undefined>()
  return {
    offer: () => promise,
    async end(error) {
      resolve(error)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

const EMPTY = { response: {} }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what a handler waits for', () => {
  test('goes to it, past the admission and the chain, and is dealt with when it ends', async () => {
    const { offer, end } = waiter()
    const admit = vi.fn()
    const { push, runs, answers, dealt, intake } = setUp({ offer, admission: () => ({ admit }) })
    await push(delivery('chatbot'))
    expect(codes(answers)).toEqual([200])
    expect(dealt).toEqual([])
    expect(intake.stats()).toMatchObject({ running: 0, waiting: 0, handled: 0 })
    await end()
    expect(dealt).toEqual([undefined])
    expect(intake.stats().handled).toBe(1)
    await push(delivery('chatbot'))
    expect(intake.stats().duplicates).toBe(1)
    expect(runs).toEqual([])
    expect(admit).not.toHaveBeenCalled()
  })

  test('is answered as soon as it has it, where it is a message or an event', async () => {
    const { push, answers } = setUp({ offer: waiter().offer, ack: { chatbot: 'late' } })
    await push(delivery('chatbot'))
    await push(delivery('event'))
    expect(codes(answers)).toEqual([200, 200])
    expect(datas(answers).at(-1)).toEqual(SUCCESS)
  })

  test.each([true, false])('fails as it does, and that somebody took care of it is %s', async isCared => {
    const { offer, end } = waiter()
    const { push, dealt, intake } = setUp({ offer, onFailure: async () => isCared })
    await push(delivery('chatbot'))
    await end('boom')
    expect(dealt).toEqual([isCared ? undefined : 'boom'])
    expect(intake.stats()).toMatchObject({ handled: 0, failed: 1 })
  })
})

describe('a click that a handler waits for', () => {
  test('is answered by that handler, which may still run', async () => {
    const { offer, end } = waiter()
    const { push, answers, dealt } = setUp({
      offer(update, exchange) {
        setTimeout(() => exchange.respond({ code: 200, message: 'OK', data: 'it' }), 100)
        return offer(update, exchange)
      },
    })
    await push(delivery('card'))
    expect(answers).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(datas(answers)).toEqual(['it'])
    expect(dealt).toEqual([])
    await end()
    expect(dealt).toEqual([undefined])
  })

  test('is answered {} after 1.5 s where that handler has not, and is then dealt with', async () => {
    const { offer, end } = waiter()
    const { push, answers, dealt } = setUp({ offer })
    await push(delivery('card'))
    await end()
    await vi.advanceTimersByTimeAsync(1_499)
    expect(dealt).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(datas(answers)).toEqual([EMPTY])
    expect(dealt).toEqual([undefined])
  })

  test('is answered {} when the bot settles what is open, once', async () => {
    const { offer, end } = waiter()
    const { push, answers, dealt, intake } = setUp({ offer })
    await push(delivery('card'))
    await end()
    intake.settle()
    intake.settle()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(datas(answers)).toEqual([EMPTY])
    expect(dealt).toEqual([undefined])
  })

  test('is dealt with when that handler ends, should it have been overdue before it got there', async () => {
    const { offer, end } = waiter()
    const lookUp = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 2_000))
    const { push, answers, dealt } = setUp({ offer, lookUp })
    await push(delivery('card'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(datas(answers)).toEqual([EMPTY])
    await end()
    expect(dealt).toEqual([undefined])
  })
})

describe('what was kept and a handler waits for', () => {
  test('goes to it once it has been looked up, and is handled', async () => {
    const steps: string[] = []
    const { offer, end } = waiter()
    const { runs, intake } = setUp({
      async lookUp() {
        steps.push('looked up')
      },
      offer(update, exchange) {
        steps.push(exchange.isOpen ? 'open' : 'answered before')
        return offer(update, exchange)
      },
    })
    const outcome = intake.run(delivery('chatbot'), { isLast: false })
    await end()
    expect(await outcome).toBe('handled')
    expect(steps).toEqual(['looked up', 'answered before'])
    expect(intake.stats()).toMatchObject({ handled: 1, failed: 0 })
    expect(runs).toEqual([])
  })

  test('is not run again when that handler fails, whichever run it was', async () => {
    const { offer, end } = waiter()
    const { intake, retries, failures } = setUp({ offer })
    const outcome = intake.run(delivery('chatbot'), { isLast: false })
    await end('boom')
    expect(await outcome).toBe('handled')
    expect(retries).toEqual([])
    expect(failures).toEqual(['boom'])
    expect(intake.stats()).toMatchObject({ handled: 0, failed: 1 })
  })
})
