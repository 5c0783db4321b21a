import { createDeferred, DingTalkError } from '@dingware/transport'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type RecordingLogger, recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createPump, type Pump } from './pump.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface Bench {
  readonly pump: Pump<string, string>
  readonly written: string[][]
  readonly logger: RecordingLogger
  /** Ends the write that is under way. */
  readonly end: (error?: Error) => Promise<void>
}

function setUp(max = 1_000): Bench {
  const written: string[][] = []
  const logger = recordingLogger()
  let current = createDeferred()
  const write = async (items: readonly string[]): Promise<string[]> => {
    written.push([...items])
    current = createDeferred()
    await current.promise
    return items.map(item => `kept ${item}`)
  }
  const end = async (error?: Error): Promise<void> => {
    if (error) current.reject(error)
    else current.resolve()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { pump: createPump({ write, timeout: 1_000, max, logger }), written, logger, end }
}

const away = new Error('connection lost')

test('one write is under way, and what comes meanwhile is the next one', async () => {
  const { pump, written, end } = setUp()
  const results = [pump.push('a')]
  await vi.advanceTimersByTimeAsync(0)
  results.push(pump.push('b'), pump.push('c'))
  expect(written).toEqual([['a']])
  await end()
  expect(written).toEqual([['a'], ['b', 'c']])
  await end()
  expect(await Promise.all(results)).toEqual(['kept a', 'kept b', 'kept c'])
})

test('what may have been written is written again until that is known, and never given up', async () => {
  const { pump, written, end } = setUp()
  const result = pump.push('a')
  await vi.advanceTimersByTimeAsync(0)
  for (let i = 0; i < 20; i++) {
    await end(away)
    await vi.advanceTimersByTimeAsync(500)
  }
  expect(new Set(written.flat())).toEqual(new Set(['a']))
  await end()
  expect(await result).toBe('kept a')
})

test('what was not written in time never is', async () => {
  const { pump, written, end } = setUp()
  void pump.push('a')
  await vi.advanceTimersByTimeAsync(0)
  const late = pump.push('b')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await late).toBe('away')
  await end()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(written).toEqual([['a']])
})

test('while the store is away nobody waits, one warning is given, and it goes on by itself', async () => {
  const { pump, end, logger } = setUp()
  void pump.push('a')
  await vi.advanceTimersByTimeAsync(0)
  void pump.push('b')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await pump.push('c')).toBe('away')
  expect(logger.complaints).toHaveLength(1)
  await end()
  const after = pump.push('d')
  await vi.advanceTimersByTimeAsync(0)
  await end()
  expect(await after).toBe('kept d')
  expect(logger.lines.at(-1)).toContain('keeps updates again')
})

test('what the store refuses was not written', async () => {
  const { pump, end } = setUp()
  const result = pump.push('a')
  await vi.advanceTimersByTimeAsync(0)
  await end(new DingTalkError('out of memory', { code: 'ERR_STORE' }))
  expect(await result).toBe('away')
})

test('beyond `max` nothing waits', async () => {
  const { pump } = setUp(2)
  void pump.push('under way')
  await vi.advanceTimersByTimeAsync(0)
  void pump.push('a')
  void pump.push('b')
  expect(await pump.push('c')).toBe('refused')
})
