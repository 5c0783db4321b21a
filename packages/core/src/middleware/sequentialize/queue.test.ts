import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { event, message } from '../../../fixtures/messages.ts'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { setUp } from '../../../fixtures/sequence-bench.ts'
import { turn } from '../../../fixtures/turn.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

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

  test('who waits when the bot has lost its patience does not run, and is counted; that is no error of a handler', async () => {
    const logger = recordingLogger()
    const { bot, say, end, begun, caught } = setUp({}, { logger })
    await say('a')
    await say('b')
    const stopped = bot.stop({ timeout: 100 })
    await vi.advanceTimersByTimeAsync(2_000)
    await stopped
    await end('a')
    expect(begun).toEqual(['a'])
    expect(caught).toEqual([])
    expect(logger.lines).toContainEqual(expect.stringContaining('The bot stopped before the turn of this update came'))
    expect(logger.complaints).toEqual([expect.stringMatching(/stops before everything is done.*"suspended":1/)])
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
