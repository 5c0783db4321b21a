import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { aiTemplate675cde2f } from '../template/presets.ts'
import { createPlatformStub, FAKED, type SeenCall } from '../testing/platform-stub.ts'
import type { AiCardOptions } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: [...FAKED] })
})
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

const atOf = (call: SeenCall | undefined): number => call?.at ?? Number.NaN

/** Writes a text and ends it so many milliseconds later; gives when things were sent, counted from the delivery. */
async function play(options: AiCardOptions, wait: number): Promise<Record<'frame' | 'end' | 'update', number>> {
  const platform = createPlatformStub()
  const card = platform.aiCard(options)
  card.append('回答')
  await vi.advanceTimersByTimeAsync(wait)
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(20_000)
  await finishing
  const since = atOf(platform.of('create')[0])
  return {
    frame: atOf(platform.of('frame').at(-1)) - since,
    end: atOf(platform.of('end')[0]) - since,
    update: atOf(platform.of('update').at(-1)) - since,
  }
}

test('the first frame comes 500 ms after the delivery', async () => {
  expect((await play({}, 2_000)).frame).toBe(500)
})

test('the end comes 500 ms after the last frame, and the update right behind it', async () => {
  const { frame, end, update } = await play({}, 510)
  expect(frame).toBe(500)
  expect(end).toBe(1_000)
  expect(update).toBe(1_000)
})

test('an end that comes late enough does not wait', async () => {
  expect((await play({}, 2_000)).end).toBe(2_000)
})

test('a text that ends before its first frame waits once, for the delivery', async () => {
  const { frame, end } = await play({}, 0)
  expect(frame).toBeNaN()
  expect(end).toBe(500)
})

test.each([
  [0, 0, 10],
  [200, 200, 400],
  [1_200, 1_200, 2_400],
])('with `air: %d` the first frame comes after %d ms, and the end after %d', async (air, frame, end) => {
  const times = await play({ air, interval: 300 }, air + 10)
  expect(times.frame).toBe(frame)
  expect(times.end).toBe(end)
})

test.each([300, 700, 1_000])('frames keep their distance of %d ms beside it', async interval => {
  const platform = createPlatformStub()
  const card = platform.aiCard({ interval })
  const pouring = setInterval(() => card.append('字'), 20)
  await vi.advanceTimersByTimeAsync(4_000)
  clearInterval(pouring)
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(2_000)
  await finishing
  const times = platform.of('frame').map(({ at }) => at - atOf(platform.of('create')[0]))
  expect(times[0]).toBe(500)
  expect(times.slice(1).map((at, index) => at - (times[index] ?? 0))).toEqual(times.slice(1).map(() => interval))
  expect(atOf(platform.of('end')[0]) - atOf(platform.of('frame').at(-1))).toBeGreaterThanOrEqual(500)
})

test('each card of a long text has its own', async () => {
  const platform = createPlatformStub()
  const card = platform.aiCard({ maxLength: 100 })
  card.append('字'.repeat(250))
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(10_000)
  await finishing
  const created = platform.of('create').map(({ at }) => at)
  const ended = platform.of('end').map(({ at }) => at)
  expect(created).toHaveLength(3)
  expect(ended.map((at, index) => at - (created[index] ?? 0))).toEqual([500, 500, 500])
})

test('a blank frame that opens the stream does not wait, and the first text does', async () => {
  const platform = createPlatformStub({ templates: { ai: aiTemplate675cde2f } })
  const card = platform.aiCard({ interval: 300 })
  card.append('回答')
  await vi.advanceTimersByTimeAsync(2_000)
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(2_000)
  await finishing
  const since = atOf(platform.of('create')[0])
  const [opening, first] = platform.of('frame')
  expect(opening).toMatchObject({ at: since, content: ' ' })
  expect(first).toMatchObject({ at: since + 500, content: '回答' })
})

test('it takes nothing of the time for the end', async () => {
  const platform = createPlatformStub()
  const card = platform.aiCard({ endTimeout: 100 })
  card.append('回答')
  await vi.advanceTimersByTimeAsync(510)
  const finishing = card.finish()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await finishing).toMatchObject({ status: 'finished' })
  expect(platform.of('end')).toHaveLength(1)
})

test('a bot that stops does not wait, also where an end waits already', async () => {
  const platform = createPlatformStub()
  const cards = [platform.aiCard(), platform.aiCard()]
  for (const card of cards) card.append('回答')
  await vi.advanceTimersByTimeAsync(510)
  const finishing = cards[0]?.finish()
  await vi.advanceTimersByTimeAsync(10)
  expect(platform.of('end')).toHaveLength(0)
  const stopTimeout = new AbortController()
  const stopping = platform.engine.stop(stopTimeout.signal)
  await vi.advanceTimersByTimeAsync(20)
  stopTimeout.abort()
  await stopping
  await finishing
  expect(platform.of('end').map(({ content }) => content)).toEqual(['回答', expect.stringContaining('回答\n\n')])
})
