import { ApiError } from '@dingware/transport'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { recordingLogger } from '../../../fixtures/recording-logger.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { createShared } from '../../store/shared.ts'
import type { ApiCall } from '../api-call.ts'
import { createThrottle, type ThrottleOptions, throttle } from './throttle.ts'
import { createUsageCounter } from './usage.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-10-31T15:59:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

/** How many of the calls go within the first second. */
async function inTheFirstSecond(calls: readonly ApiCall[], options?: ThrottleOptions): Promise<number> {
  const step = throttle(options)
  let done = 0
  for (const call of calls) void step(call, async () => void done++)
  await vi.advanceTimersByTimeAsync(999)
  const first = done
  await vi.runAllTimersAsync()
  expect(done).toBe(calls.length)
  return first
}

const times = (count: number, call: ApiCall): ApiCall[] => Array.from({ length: count }, () => call)

test('one API is called at most 20 times in a second', async () => {
  expect(
    await inTheFirstSecond(times(50, { method: 'POST', path: '/v1.0/robot/groupMessages/send' })),
  ).toBeLessThanOrEqual(20)
})

test('each API has a limit of its own', async () => {
  const calls = ['a', 'b', 'c'].flatMap(name => times(10, { method: 'POST', path: `/v1.0/robot/${name}/send` }))
  expect(await inTheFirstSecond(calls)).toBe(30)
})

test('ids in a path do not make another API', async () => {
  const calls = Array.from({ length: 50 }, (_, id): ApiCall => ({ method: 'GET', path: `/v1.0/contact/users/0${id}` }))
  expect(await inTheFirstSecond(calls)).toBeLessThanOrEqual(20)
})

test('all card APIs share a ceiling', async () => {
  const calls = ['instances', 'streaming', 'instances/deliver'].flatMap(name =>
    times(20, { method: 'PUT', path: `/v1.0/card/${name}` }),
  )
  expect(await inTheFirstSecond(calls)).toBeLessThanOrEqual(20)
})

test('what is done to a path another way is another API', async () => {
  const paths = ['/v1.0/todo/users', '/v2.0/todo/users', '/v1.0/todo/users/1', '/v1.0/todo/users/1/tasks']
  const methods = ['GET', 'POST'] as const
  const calls = paths.flatMap(path => methods.flatMap(method => times(5, { method, path })))
  expect(await inTheFirstSecond(calls)).toBe(40)
})

test('limits may be others, that of the cards above all', async () => {
  const call: ApiCall = { method: 'POST', path: '/v1.0/robot/groupMessages/send' }
  const cards = ['instances', 'streaming'].flatMap(name => times(30, { method: 'PUT', path: `/v1.0/card/${name}` }))
  const slow = await inTheFirstSecond(times(10, call), { perSecond: 4, burst: 1 })
  const fast = await inTheFirstSecond(times(50, call), { perSecond: 60, burst: 30 })
  const slowCards = await inTheFirstSecond(cards, { perSecond: 60, burst: 30, cardsPerSecond: 4 })
  const fastCards = await inTheFirstSecond(cards, { perSecond: 60, burst: 30 })
  expect(slow).toBeLessThanOrEqual(4)
  expect(fast).toBeGreaterThan(20)
  expect(slowCards).toBeLessThanOrEqual(4)
  expect(fastCards).toBeGreaterThan(20)
})

test.each([{ perSecond: 0 }, { burst: 0 }, { cardsPerSecond: -1 }, { webhooksPerMinute: 0 }, { maxWaiting: -1 }])(
  'a limit of %j lets nothing go, and is refused',
  options => {
    expect(() => throttle(options)).toThrow(TypeError)
  },
)

test('what is urgent goes first, and is the same as any other where nothing is said', async () => {
  const step = throttle({ perSecond: 2, burst: 1 })
  const order: string[] = []
  const call = (name: string, priority?: number): void =>
    void step({ method: 'POST', path: '/v1.0/robot/send', priority }, async () => void order.push(name))
  call('first')
  call('whenever', 2)
  call('normal')
  call('normal too', 1)
  call('urgent', 0)
  await vi.runAllTimersAsync()
  expect(order).toEqual(['first', 'urgent', 'normal', 'normal too', 'whenever'])
})

test('a call that is given up while it waits is not made', async () => {
  const step = throttle({ perSecond: 2, burst: 1 })
  const call: ApiCall = { method: 'POST', path: '/v1.0/robot/send' }
  const made = vi.fn(async () => {})
  await step(call, made)
  const controller = new AbortController()
  const waiting = step({ ...call, signal: controller.signal }, made)
  controller.abort(new Error('no longer wanted'))
  await expect(waiting).rejects.toThrow('no longer wanted')
  expect(made).toHaveBeenCalledOnce()
})

test('an API stays limited, however many others are called in between', async () => {
  const step = throttle({ perSecond: 2, burst: 1 })
  let done = 0
  const busy: ApiCall = { method: 'POST', path: '/v1.0/robot/send' }
  await step(busy, async () => {})
  for (let index = 0; index < 300; index++) {
    const name = String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))
    await step({ method: 'GET', path: `/v1.0/todo/${name}` }, async () => {})
  }
  void step(busy, async () => void done++)
  await vi.advanceTimersByTimeAsync(999)
  expect(done).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(done).toBe(1)
})

test('the processes of a bot keep a limit together, each API and all cards', async () => {
  const store = memoryStore()
  const steps = [1, 2].map(() => createThrottle({}, createShared(store, recordingLogger())))
  for (const path of ['/v1.0/robot/send', '/v1.0/card/instances']) {
    let done = 0
    for (const step of steps) {
      for (let index = 0; index < 20; index++) void step({ method: 'PUT', path }, async () => void done++)
    }
    await vi.advanceTimersByTimeAsync(999)
    expect(done).toBeLessThanOrEqual(20)
    expect(done).toBeGreaterThan(15)
    await vi.advanceTimersByTimeAsync(10_000)
    expect(done).toBe(40)
  }
})

test('without its store a process keeps the limit alone', async () => {
  const isGone = async (): Promise<never> => {
    throw new Error('the store is gone')
  }
  const step = createThrottle({}, createShared({ ...memoryStore(), get: isGone }, recordingLogger()))
  let done = 0
  for (let index = 0; index < 40; index++) {
    void step({ method: 'POST', path: '/v1.0/robot/send' }, async () => void done++)
  }
  await vi.advanceTimersByTimeAsync(999)
  expect(done).toBeLessThanOrEqual(20)
  await vi.runAllTimersAsync()
  expect(done).toBe(40)
})

test('session webhooks are not limited by it', async () => {
  expect(
    await inTheFirstSecond(times(50, { method: 'POST', base: 'webhook', path: 'https://oapi.dingtalk.com/x' })),
  ).toBe(50)
})

test('the usage of a month counts what the platform counts, and begins anew with the month of China', async () => {
  const { middleware, usage } = createUsageCounter()
  const call = (path: string, base?: 'webhook'): Promise<unknown> =>
    middleware({ method: 'POST', path, base }, async () => {})
  await call('/v1.0/card/instances')
  await call('/v1.0/contact/users/me')
  await call('https://oapi.dingtalk.com/robot/sendBySession', 'webhook')
  expect(usage()).toEqual({ month: '2026-10', calls: 1 })
  vi.setSystemTime(new Date('2026-10-31T16:00:00Z'))
  expect(usage()).toEqual({ month: '2026-11', calls: 0 })
})

test('a call that throttling refused does not count, any other that failed does', async () => {
  const { middleware, usage } = createUsageCounter()
  const failing = (error: Error): Promise<unknown> =>
    middleware({ method: 'POST', path: '/v1.0/card/instances' }, () => Promise.reject(error))
  const refusal = (code: string): ApiError =>
    new ApiError('no', { status: 403, code, call: { method: 'POST', url: '/' } })
  const [throttled, denied] = [refusal('Forbidden.AccessDenied.QpsLimitForApi'), refusal('Forbidden.AccessDenied')]
  await expect(failing(throttled)).rejects.toBe(throttled)
  expect(usage().calls).toBe(0)
  await expect(failing(denied)).rejects.toBe(denied)
  await expect(failing(new Error('boom'))).rejects.toThrow('boom')
  expect(usage().calls).toBe(2)
})
