import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ApiCall } from '../api/api-call.ts'
import { throttle } from './throttle.ts'
import { createUsageCounter } from './usage.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-10-31T15:59:00Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

/** How many of the calls go within the first second. */
async function inTheFirstSecond(calls: readonly ApiCall[]): Promise<number> {
  const step = throttle()
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
