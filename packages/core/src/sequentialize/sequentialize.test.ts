import { once } from 'node:events'
import { setTimeout as nodeSleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { event, type MessageFields, message } from '../../fixtures/messages.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { turn } from '../../fixtures/turn.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import type { BotOptions } from '../bot/options.ts'
import type { Context } from '../context/context.ts'
import type { Reply, Update } from '../update/update.ts'
import { type SequentializeFlavor, type SequentializeOptions, sequentialize } from './sequentialize.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

type Ctx = Context & SequentializeFlavor

interface Bench {
  readonly bot: Bot<Ctx>
  /** Texts whose handlers began. */
  readonly begun: string[]
  /** Says something, and lets what is ready run. */
  readonly say: (text: string, fields?: MessageFields) => Promise<void>
  /** Ends the handler of a text. */
  readonly end: (text: string, error?: Error) => Promise<void>
  readonly ctxOf: (text: string) => Ctx | undefined
  readonly caught: unknown[]
  readonly handled: Promise<Reply>[]
}

function setUp(options: SequentializeOptions<Context> = {}, botOptions: BotOptions = {}): Bench {
  const running = new Map<string, { readonly ctx: Ctx; readonly end: (error?: Error) => void }>()
  const begun: string[] = []
  const caught: unknown[] = []
  const handled: Promise<Reply>[] = []
  const bot = createBot({ logger: recordingLogger(), ...botOptions }).use(sequentialize(options))
  bot.catch(error => void caught.push(error.cause))
  bot.use(ctx => {
    begun.push(ctx.text)
    return new Promise<void>((resolve, reject) => {
      running.set(ctx.text, { ctx, end: error => (error ? reject(error) : resolve()) })
    })
  })
  return {
    bot,
    begun,
    caught,
    handled,
    async say(text, fields) {
      handled.push(bot.handle(message({ text, ...fields })))
      await turn()
    },
    async end(text, error) {
      running.get(text)?.end(error)
      await turn()
    },
    ctxOf: text => running.get(text)?.ctx,
  }
}

describe('queue', () => {
  test('updates with the same key run one after another, in order of arrival', async () => {
    const { say, end, begun } = setUp()
    for (const text of ['a', 'b', 'c']) await say(text)
    expect(begun).toEqual(['a'])
    await end('a')
    expect(begun).toEqual(['a', 'b'])
    await end('b')
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('by default the key is the conversation and the sender', async () => {
    const { say, begun } = setUp()
    await say('a')
    await say('same', {})
    await say('other sender', { senderId: 'bob' })
    await say('other conversation', { conversationId: 'cid-2' })
    expect(begun).toEqual(['a', 'other sender', 'other conversation'])
  })

  test('an update without a key waits for nobody', async () => {
    const { say, begun } = setUp({ key: () => undefined })
    await say('a')
    await say('b')
    expect(begun).toEqual(['a', 'b'])
  })

  test('one that fails lets the next one run', async () => {
    const { say, end, begun, caught } = setUp()
    await say('a')
    await say('b')
    await end('a', new Error('boom'))
    expect(begun).toEqual(['a', 'b'])
    expect(caught).toEqual([expect.objectContaining({ message: 'boom' })])
  })

  test('a waiting update holds no slot of the concurrency', async () => {
    const { bot, say, begun } = setUp({}, { concurrency: 2 })
    await say('a')
    for (const text of ['b', 'c', 'd']) await say(text)
    expect(bot.stats().running).toBe(1)
    await say('elsewhere', { conversationId: 'cid-2' })
    expect(begun).toEqual(['a', 'elsewhere'])
  })

  test('an update that need not wait keeps its slot', async () => {
    const { say, end, begun } = setUp({}, { concurrency: 1 })
    await say('a')
    await say('b', { conversationId: 'cid-2' })
    expect(begun).toEqual(['a'])
    await end('a')
    expect(begun).toEqual(['a', 'b'])
  })

  test('several keys: it waits until it is first for each of them', async () => {
    const { say, end, begun } = setUp({ key: ctx => ctx.text.split('+') })
    for (const text of ['x', 'y', 'x+y', 'y+x', 'x+z', 'z']) await say(text)
    expect(begun).toEqual(['x', 'y'])
    await end('x')
    expect(begun).toEqual(['x', 'y'])
    await end('y')
    expect(begun).toEqual(['x', 'y', 'x+y'])
    await end('x+y')
    await end('y+x')
    expect(begun).toEqual(['x', 'y', 'x+y', 'y+x', 'x+z'])
    await end('x+z')
    expect(begun.at(-1)).toBe('z')
  })

  test('an update for which too many wait already fails, so that an event comes again', async () => {
    const { bot, caught } = setUp({ key: () => 'one', maxWaiting: 1 })
    void bot.handle(message())
    void bot.handle(message())
    await turn()
    expect(await bot.handle(event())).toMatchObject({ data: { status: 'LATER' } })
    await bot.handle(message())
    expect(caught).toEqual([expect.objectContaining({ code: 'ERR_TOO_MANY_WAITING' })])
  })

  test('who waits when the bot has lost its patience does not run, and is reported', async () => {
    const { bot, say, end, begun, caught } = setUp()
    await say('a')
    await say('b')
    const stopped = bot.stop({ timeout: 100 })
    await vi.advanceTimersByTimeAsync(2_000)
    await stopped
    await end('a')
    expect(begun).toEqual(['a'])
    expect(caught).toEqual([expect.objectContaining({ message: 'the bot is stopping' })])
  })
})

describe('drop', () => {
  test('an update that comes while another with its key runs is not handled', async () => {
    const { say, end, begun, handled } = setUp({ strategy: 'drop' })
    await say('a')
    await say('b')
    expect(await handled[1]).toMatchObject({ code: 200 })
    await end('a')
    await say('c')
    expect(begun).toEqual(['a', 'c'])
  })
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
    expect([ctxOf('x')?.signal.aborted, ctxOf('y')?.signal.aborted]).toEqual([true, false])
    await end('x')
    expect(begun).toEqual(['x', 'y', 'x+z'])
  })

  test('one that is replaced between its turn and its slot does not run', async () => {
    const { say, end, begun } = setUp({ strategy: 'latest' }, { concurrency: 1 })
    await say('a')
    await say('b')
    // Takes the slot that the end of `a` sets free, once `b` has its turn.
    await say('c', { conversationId: 'cid-2' })
    await say('d', { conversationId: 'cid-2' })
    await end('a')
    await say('e')
    for (const text of ['b', 'c', 'd', 'e']) await end(text)
    expect(begun.filter(text => 'abe'.includes(text)).at(-1)).toBe('e')
  })
})

describe('burst', () => {
  const options = { strategy: 'burst', wait: 500 } as const

  test('updates that come within `wait` of each other are handled as one, the earlier ones in ctx.skipped', async () => {
    const { say, begun, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(400)
    await say('b')
    await vi.advanceTimersByTimeAsync(400)
    await say('c')
    await vi.advanceTimersByTimeAsync(499)
    expect(begun).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(begun).toEqual(['c'])
    expect(ctxOf('c')?.skipped.map(ctx => ctx.text)).toEqual(['a', 'b'])
  })

  test('a single update has skipped none', async () => {
    const { say, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(500)
    expect(ctxOf('a')?.skipped).toEqual([])
  })

  test('what comes while a burst is handled makes the next one, which waits for it', async () => {
    const { say, end, begun, ctxOf } = setUp(options)
    await say('a')
    await vi.advanceTimersByTimeAsync(500)
    await say('b')
    await vi.advanceTimersByTimeAsync(500)
    await say('c')
    await vi.advanceTimersByTimeAsync(500)
    expect(begun).toEqual(['a'])
    await end('a')
    expect(begun).toEqual(['a', 'c'])
    expect(ctxOf('c')?.skipped.map(ctx => ctx.text)).toEqual(['b'])
  })

  test('a waiting burst holds no slot', async () => {
    const { say, begun } = setUp(
      { ...options, key: ctx => (ctx.text === 'other' ? undefined : 'k') },
      { concurrency: 1 },
    )
    await say('a')
    await say('other')
    expect(begun).toEqual(['other'])
  })

  test('a burst that waits when the bot has lost its patience does not run', async () => {
    const { bot, say, begun, caught } = setUp({ ...options, wait: 60_000 })
    await say('a')
    const stopped = bot.stop({ timeout: 100 })
    await vi.advanceTimersByTimeAsync(100)
    await stopped
    expect(begun).toEqual([])
    expect(caught).toHaveLength(1)
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
