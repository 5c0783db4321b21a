import { ApiError, memoryStore, type Store } from '@dingware/core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Say } from '../deliver/message.ts'
import { createEngine, type Engine } from '../engine/engine.ts'
import { createApiStub } from '../testing/api-stub.ts'
import { createAiCard } from './create-ai-card.ts'
import type { AiCard } from './options.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const THROTTLED = { status: 403, code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' }
const BUSY = { status: 503, code: 'HTTP_503' }
const REFUSED = { status: 403, code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied' }
const quiet = { debug() {}, info() {}, warn() {}, error() {} }

interface Play {
  readonly engine: Engine
  readonly store: Store
  readonly card: AiCard
  /** How calls are refused from now on, of all kinds or of one; nothing for not any more. */
  refuse(how?: typeof THROTTLED, kind?: string): void
  /** Kinds of the calls so far. */
  readonly calls: readonly string[]
}

/** A card with text, whose end will be refused. */
async function play(say: Say = async () => {}): Promise<Play> {
  const calls: string[] = []
  let refusal: typeof THROTTLED | undefined
  let refused: string | undefined
  const api = createApiStub(async ({ method, path }) => {
    const kind = path.endsWith('streaming') ? 'frame' : method === 'POST' ? 'create' : 'update'
    calls.push(kind)
    if (refusal && (refused ?? kind) === kind)
      throw new ApiError('refused', { ...refusal, call: { method, url: path } })
    return { result: { deliverResults: [{ success: true }] } }
  })
  const store = memoryStore()
  const engine = createEngine({ api, store, log: quiet })
  const card = createAiCard(engine, { target: { robotCode: 'r', address: { users: 'u' } }, say })
  card.append('回答')
  await vi.advanceTimersByTimeAsync(2_000)
  return {
    engine,
    store,
    card,
    calls,
    refuse(how, kind) {
      refusal = how
      refused = kind
    },
  }
}

async function leased(store: Store): Promise<number> {
  let count = 0
  for await (const _ of store.list('cards:lease:')) count++
  return count
}

test.each([
  ['throttling', THROTTLED],
  ['a busy server', BUSY],
])('the end of a card is tried for a minute against %s, and gets through when that is over', async (_name, how) => {
  const { card, calls, refuse, store } = await play()
  refuse(how)
  const ended = vi.fn()
  void card.finish().then(ended)
  await vi.advanceTimersByTimeAsync(50_000)
  expect(ended).not.toHaveBeenCalled()
  refuse()
  await vi.advanceTimersByTimeAsync(9_000)
  expect(ended).toHaveBeenCalled()
  expect(calls.at(-1)).toBe('update')
  expect(await leased(store)).toBe(0)
})

test('a stream that is out of order does not keep a card open: an update ends it', async () => {
  const { card, calls, refuse, store } = await play()
  refuse(BUSY, 'frame')
  const ended = vi.fn()
  void card.finish().then(ended)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(3_000)
  expect(ended).toHaveBeenCalled()
  expect(calls.at(-1)).toBe('update')
  expect(await leased(store)).toBe(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('what has not got through after a minute stays leased', async () => {
  const { card, refuse, store } = await play()
  refuse(BUSY)
  const ended = vi.fn()
  void card.finish().then(ended)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(ended).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1_500)
  expect(ended).toHaveBeenCalled()
  expect(await leased(store)).toBe(1)
})

test('a bot that stops gives its cards the time that stop() was given, and leaves the rest leased', async () => {
  const { engine, refuse, store } = await play()
  refuse(BUSY)
  const stopTimeout = new AbortController()
  const stopped = vi.fn()
  void engine.stop(stopTimeout.signal).then(stopped)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(stopped).not.toHaveBeenCalled()
  stopTimeout.abort()
  await vi.advanceTimersByTimeAsync(0)
  expect(stopped).toHaveBeenCalled()
  expect(await leased(store)).toBe(1)
  expect(vi.getTimerCount()).toBe(0)
})

test('a card that can neither be ended nor said as a message stays leased, and is ended once the platform lets it', async () => {
  const { engine, card, calls, refuse, store } = await play(() => Promise.reject(new Error('no message either')))
  refuse(REFUSED)
  const ending = card.finish()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await ending).toMatchObject({ status: 'finished', text: '回答' })
  expect(await leased(store)).toBe(1)
  refuse()
  engine.start()
  await vi.advanceTimersByTimeAsync(61_000)
  expect(calls.slice(-2)).toEqual(['frame', 'update'])
  expect(await leased(store)).toBe(0)
  await engine.stop(AbortSignal.abort())
})
