import { once } from 'node:events'
import { setTimeout as nodeSleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { setUp } from '../../../fixtures/sequence-bench.ts'
import { turn } from '../../../fixtures/turn.ts'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import type { Update } from '../../updates/update.ts'
import { sequentialize } from './sequentialize.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('latest', () => {
  test('a newer update aborts the signal of the running one and runs when that has ended', async () => {
    const { say, end, begun, ctxOf } = setUp({ strategy: 'latest' })
    await say('a')
    const signal = ctxOf('a')?.signal
    expect(signal?.aborted).toBe(false)
    await say('b')
    expect(signal?.aborted).toBe(true)
    expect(signal?.reason).toMatchObject({ code: 'ERR_SUPERSEDED' })
    expect(begun).toEqual(['a'])
    await end('a')
    expect(begun).toEqual(['a', 'b'])
    expect(ctxOf('b')?.signal.aborted).toBe(false)
  })

  test('those that waited are not handled', async () => {
    const { say, end, begun, handled } = setUp({ strategy: 'latest' })
    for (const text of ['a', 'b', 'c', 'd']) await say(text)
    expect(await Promise.all([handled[1], handled[2]])).toHaveLength(2)
    await end('a')
    expect(begun).toEqual(['a', 'd'])
  })

  test.each<readonly [string, (signal: AbortSignal) => Promise<unknown>]>([
    ['the reason', async signal => signal.throwIfAborted()],
    ['an AbortError of Node', signal => nodeSleep(1, undefined, { signal })],
    ['an AbortError of events', signal => once(new EventTarget(), 'never', { signal })],
  ])('being replaced is no failure: %s that the handler throws is not reported', async (_what, wait) => {
    const { bot, say, end, caught, ctxOf } = setUp({ strategy: 'latest' })
    await say('a')
    await say('b')
    const signal = ctxOf('a')?.signal
    const error = signal && (await wait(signal).catch((error: Error) => error))
    await end('a', error instanceof Error ? error : new Error('was not aborted'))
    expect(caught).toEqual([])
    expect(bot.stats().failed).toBe(0)
  })

  test('another error of a replaced handler is reported', async () => {
    const { say, end, caught } = setUp({ strategy: 'latest' })
    await say('a')
    await say('b')
    await end('a', new Error('while cleaning up'))
    expect(caught).toEqual([expect.objectContaining({ message: 'while cleaning up' })])
  })

  test('several keys: it replaces whoever shares one of them', async () => {
    const { say, end, begun, ctxOf } = setUp({ strategy: 'latest', key: ctx => ctx.text.split('+') })
    await say('x')
    await say('y')
    await say('x+z')
    expect(ctxOf('x')?.signal.aborted).toBe(true)
    expect(ctxOf('y')?.signal.aborted).toBe(false)
    await end('x')
    expect(begun).toEqual(['x', 'y', 'x+z'])
  })

  test('one that is replaced in whatever moment, also between its turn and its slot, does not begin', async () => {
    for (let moments = 0; moments < 40; moments++) {
      const beganAborted: string[] = []
      const ends = new Map<string, () => void>()
      const bot = createBot({ concurrency: 3, logger: recordingLogger() })
      // Holds a slot, and comes to its turn so many moments after the first has ended.
      const arrival = new Promise<void>(resolve => ends.set('delay', resolve))
      bot.use(async (ctx, next) => {
        if (ctx.text === 'newer') {
          await arrival
          for (let i = 0; i < moments; i++) await Promise.resolve()
        }
        await next()
      })
      bot.use(sequentialize({ strategy: 'latest' })).use(ctx => {
        if (ctx.signal.aborted) beganAborted.push(ctx.text)
        return new Promise<void>(resolve => ends.set(ctx.text, resolve))
      })
      for (const text of ['first', 'waiting']) void bot.handle(message({ text }))
      await turn()
      void bot.handle(message({ text: 'elsewhere', conversationId: 'cid-2' }))
      void bot.handle(message({ text: 'newer' }))
      await turn()
      ends.get('first')?.()
      ends.get('delay')?.()
      await turn()
      await turn()
      expect(beganAborted).toEqual([])
      for (const end of ends.values()) end()
    }
  })
})

test('nothing is kept of keys that nobody uses any more', async () => {
  const contexts: WeakRef<Context>[] = []
  const bot = createBot({ logger: recordingLogger() }).use(sequentialize({ strategy: 'latest' }))
  bot.catch(() => {})
  bot.use(ctx => {
    contexts.push(new WeakRef(ctx))
    throw new Error('boom')
  })
  const updates: Update[] = [message({ senderId: 'a' }), message({ senderId: 'b' })]
  for (const update of updates) await bot.handle(update)
  const { setFlagsFromString } = await import('node:v8')
  const { runInNewContext } = await import('node:vm')
  setFlagsFromString('--expose-gc')
  // References of the current turn are only given up in the next one.
  await vi.advanceTimersByTimeAsync(0)
  vi.useRealTimers()
  await new Promise(resolve => setImmediate(resolve))
  runInNewContext('gc')()
  expect(contexts.map(ref => ref.deref())).toEqual([undefined, undefined])
})
