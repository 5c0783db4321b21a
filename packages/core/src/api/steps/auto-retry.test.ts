import { ApiError, NetworkError, TimeoutError } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ApiCall } from '../api-call.ts'
import { type AutoRetryOptions, autoRetry } from './auto-retry.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T00:00:30Z') })
})

afterEach(() => {
  vi.useRealTimers()
})

const send: ApiCall = { method: 'POST', path: '/v1.0/robot/groupMessages/send' }
const read: ApiCall = { method: 'GET', path: '/v1.0/contact/users/me' }
const card: ApiCall = { method: 'POST', path: '/v1.0/card/instances/createAndDeliver' }
const frame: ApiCall = { method: 'PUT', path: '/v1.0/card/streaming' }
const reply: ApiCall = { method: 'POST', path: 'https://oapi.dingtalk.com/robot/sendBySession', base: 'webhook' }

function refusal(status: number, code: string, retryAfter?: number): ApiError {
  return new ApiError(`refused with ${code}`, { status, code, retryAfter, call: { method: 'POST', url: '/' } })
}

/** How often a call that always fails this way is made, and how long that takes. */
async function outcomeOf(
  call: ApiCall,
  error: Error,
  options: AutoRetryOptions = {},
): Promise<{ readonly tries: number; readonly ms: number }> {
  let tries = 0
  const start = performance.now()
  const result = autoRetry({ random: () => 0, ...options })(call, async () => {
    tries++
    throw error
  })
  const settled = result.catch((thrown: unknown) => {
    expect(thrown).toBe(error)
    return performance.now() - start
  })
  await vi.runAllTimersAsync()
  return { tries, ms: Number(await settled) }
}

const throttled = refusal(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')

describe('a call that failed', () => {
  test.each([
    ['throttled by the second', send, throttled, 4],
    ['throttled, on the old API', send, refusal(200, '90018'), 4],
    ['throttled, by status', send, refusal(429, 'HTTP_429'), 4],
    ['too fast', send, refusal(400, 'send.too.fast'), 4],
    ['never sent: refused', send, new NetworkError('x', { code: 'ECONNREFUSED' }), 4],
    ['never sent: no such host', reply, new NetworkError('x', { code: 'ENOTFOUND' }), 4],
    ['cut, and may be repeated', read, new NetworkError('x', { code: 'ECONNRESET' }), 4],
    ['late, and may be repeated', card, new TimeoutError('x'), 4],
    ['a server error, and may be repeated', frame, refusal(500, 'system.error'), 4],
    ['a server error without a body, and may be repeated', card, refusal(502, 'HTTP_502'), 4],
  ])('%s: is tried again, three times', async (_name, call, error, tries) => {
    expect((await outcomeOf(call, error)).tries).toBe(tries)
  })

  test.each([
    ['cut: the message may have been delivered', send, new NetworkError('x', { code: 'ECONNRESET' })],
    ['late: the message may have been delivered', send, new TimeoutError('x')],
    ['a server error: the message may have been delivered', send, refusal(500, 'system.error')],
    ['unknown.send.result', send, refusal(400, 'unknown.send.result')],
    ['a webhook cut', reply, new NetworkError('x', { code: 'ECONNRESET' })],
    ['a webhook that is throttled for minutes', reply, refusal(200, '130101')],
    ['a missing permission', read, refusal(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied')],
    ['the monthly quota', read, refusal(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg')],
    ['an address that is not on the list', read, refusal(403, 'Forbidden.AccessDenied.IpNotInWhiteList')],
    ['a mistake of the caller', read, refusal(400, 'invalidParameter.userIds.empty')],
  ])('%s: is not tried again', async (_name, call, error) => {
    expect((await outcomeOf(call, error)).tries).toBe(1)
  })

  test('a card answered 500 unknownError, which is usually a wrong setting: once more', async () => {
    const create: ApiCall = { method: 'POST', path: '/v1.0/card/instances/createAndDeliver' }
    for (const call of [frame, create]) {
      expect(await outcomeOf(call, refusal(500, 'unknownError'))).toEqual({ tries: 2, ms: 500 })
    }
  })

  test('a call that its caller declares idempotent is tried again', async () => {
    expect((await outcomeOf({ ...send, idempotent: true }, new TimeoutError('x'))).tries).toBe(4)
  })

  test('throttled: waits a second, then two, then four', async () => {
    expect((await outcomeOf(send, throttled)).ms).toBe(7_000)
  })

  test('throttled: waits longer where the first step is to be longer', async () => {
    expect((await outcomeOf(send, throttled, { base: 2_000 })).ms).toBe(14_000)
  })

  test('not throttled: waits half a second, then one, then two', async () => {
    expect((await outcomeOf(read, new TimeoutError('x'))).ms).toBe(3_500)
  })

  test('waits up to twice as long, at random', async () => {
    expect((await outcomeOf(read, new TimeoutError('x'), { random: () => 1 })).ms).toBe(7_000)
  })

  test('throttled by the minute: waits for the next one, and the one after that', async () => {
    const byTheMinute = refusal(403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi')
    expect(await outcomeOf(send, byTheMinute)).toEqual({ tries: 4, ms: 30_000 + 60_000 + 60_000 })
  })

  test('is tried as often as was asked for, and waits as long', async () => {
    expect((await outcomeOf(send, throttled, { maxRetries: 0 })).tries).toBe(1)
    expect((await outcomeOf(send, throttled, { maxRetries: 5 })).tries).toBe(6)
    expect(await outcomeOf(send, throttled, { maxDelay: 2_000 })).toEqual({ tries: 3, ms: 3_000 })
  })

  test('waits as long as Retry-After says', async () => {
    expect((await outcomeOf(send, refusal(429, 'HTTP_429', 3_000))).ms).toBe(9_000)
  })

  test('fails when Retry-After asks for more than is worth waiting', async () => {
    expect(await outcomeOf(send, refusal(429, 'HTTP_429', 60_000))).toEqual({ tries: 4, ms: 180_000 })
    expect(await outcomeOf(send, refusal(429, 'HTTP_429', 60_001))).toEqual({ tries: 1, ms: 0 })
  })

  test('that succeeds at the second try gives its answer', async () => {
    let tries = 0
    const result = autoRetry()(send, async () => {
      if (++tries === 1) throw throttled
      return 'done'
    })
    await vi.runAllTimersAsync()
    expect(await result).toBe('done')
  })

  test.each([{ maxRetries: -1 }, { base: -1 }, { maxDelay: Number.NaN }])('is not tried again by %j', options => {
    expect(() => autoRetry(options)).toThrow(TypeError)
  })

  test('stops waiting when its signal aborts', async () => {
    const controller = new AbortController()
    const result = autoRetry()({ ...send, signal: controller.signal }, () => Promise.reject(throttled))
    const settled = expect(result).rejects.toMatchObject({ name: 'AbortError' })
    await vi.advanceTimersByTimeAsync(10)
    controller.abort()
    await settled
    expect(vi.getTimerCount()).toBe(0)
  })
})
