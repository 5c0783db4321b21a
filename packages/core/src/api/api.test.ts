import type { Simulator } from '@dingware/simulator'
import { beforeEach, describe, expect, test } from 'vitest'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import type { Bot } from '../bot/bot.ts'
import type { ApiCall } from './api-call.ts'

const simulated = useSimulator()
let sim: Simulator
let bot: Bot

beforeEach(() => {
  sim = simulated().sim
  bot = simulated().newBot({ throttle: false, autoRetry: { base: 1 } })
})

const TOKEN = '/v1.0/oauth2/accessToken'
const SEND = '/v1.0/robot/groupMessages/send'

const callsOf = (path: string): number => sim.calls.filter(call => call.path === path).length

/** Not idempotent: done twice, it shows twice. */
function send(): Promise<unknown> {
  const { conversationId } = sim.group('Team')
  const msgParam = JSON.stringify({ content: 'hi' })
  const body = { robotCode: sim.clientId, openConversationId: conversationId, msgKey: 'sampleText', msgParam }
  return bot.api.call({ method: 'POST', path: SEND, body })
}

/** May be repeated. */
function update(): Promise<unknown> {
  const body = { outTrackId: 'no-such-card', cardData: { cardParamMap: { a: 'b' } } }
  return bot.api.call({ method: 'PUT', path: '/v1.0/card/instances', body })
}

describe('the token', () => {
  test('is fetched once, however many calls begin at the same time', async () => {
    await Promise.all(Array.from({ length: 50 }, send))
    expect(callsOf(TOKEN)).toBe(1)
    expect(callsOf(SEND)).toBe(50)
  })

  test('that expires in mid-flight is fetched once for fifty calls, and each of them is done once', async () => {
    await send()
    await sim.clock.advance(7_201_000)
    await Promise.all(Array.from({ length: 50 }, send))
    expect(callsOf(TOKEN)).toBe(2)
    expect(sim.messages).toHaveLength(51)
  })

  test('that is refused again and again does not make a loop', async () => {
    sim.faults.api({ path: SEND, fault: 'tokenExpired', times: 10 })
    await expect(send()).rejects.toMatchObject({ name: 'ApiError', code: 'InvalidAuthentication' })
    expect(callsOf(SEND)).toBe(2)
  })
})

describe('a call', () => {
  const ends = (code: string, tries: number): object => ({ code, tries })

  test.each([
    ['qps', ends('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 2)],
    ['permission', ends('Forbidden.AccessDenied.AccessTokenPermissionDenied', 2)],
    ['quota', ends('Forbidden.AccessDenied.ApiCountLimitForOrg', 1)],
    ['ipNotAllowed', ends('Forbidden.AccessDenied.IpNotInWhiteList', 1)],
  ] as const)('that always meets %s ends as %o', async (fault, expected) => {
    bot = simulated().newBot({ throttle: false, autoRetry: { maxRetries: 1 } })
    sim.faults.api({ path: SEND, fault, times: 10 })
    const error = await send().catch((error: unknown) => error)
    expect({ code: Object(error).code, tries: callsOf(SEND) }).toEqual(expected)
    expect(sim.messages).toEqual([])
  })

  test.each(['html', 'serverError', 'cut'] as const)(
    'that is not idempotent and meets %s after it was done is not done again',
    async fault => {
      sim.faults.api({ path: SEND, fault, applied: true, times: 10, ...(fault === 'html' ? { status: 502 } : {}) })
      await expect(send()).rejects.toMatchObject({ message: expect.stringContaining(SEND) })
      expect(callsOf(SEND)).toBe(1)
      expect(sim.messages).toHaveLength(1)
    },
  )

  test.each(['serverError', 'cut', 'rateLimit'] as const)('that may be repeated is, after %s', async fault => {
    sim.faults.api({ path: '/v1.0/card/instances', fault, times: 1, retryAfter: 0 })
    await expect(update()).rejects.toMatchObject({ code: 'param.cardNotExist' })
    expect(callsOf('/v1.0/card/instances')).toBe(2)
  })

  test('of the old API gets its token in the query, and its errcode is an error', async () => {
    const call: ApiCall = { method: 'POST', base: 'oapi', path: '/topapi/v2/user/get', body: { userid: 'nobody' } }
    const error = await bot.api.call(call).catch((error: unknown) => error)
    expect(error).toMatchObject({ name: 'ApiError', status: 200 })
    expect(String(error)).not.toContain(await bot.api.accessToken())
  })

  test('ends with its signal, and with its limit', async () => {
    sim.faults.api({ path: SEND, fault: 'timeout', times: 10 })
    const reason = new Error('no longer wanted')
    const controller = new AbortController()
    const call = bot.api.call({ method: 'POST', path: SEND, signal: controller.signal })
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
    await expect(bot.api.call({ method: 'POST', path: SEND, timeout: 50 })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })
})

test('steps added with use() see one call, however often it is tried, and may answer it themselves', async () => {
  const seen: string[] = []
  bot.api.use(async (call, next) => {
    seen.push(call.path)
    return call.path === '/mine' ? { answered: true } : next()
  })
  sim.faults.api({ path: '/v1.0/card/instances', fault: 'serverError', times: 1 })
  await expect(update()).rejects.toThrow()
  expect(await bot.api.call({ method: 'GET', path: '/mine' })).toEqual({ answered: true })
  expect(seen).toEqual(['/v1.0/card/instances', '/mine'])
})

describe('a call with `prepare`', () => {
  const body = { outTrackId: 'no-such-card', cardData: { cardParamMap: { a: 'b' } } }
  const isUpdate = ({ path, method }: { readonly path: string; readonly method: string }): boolean =>
    path === '/v1.0/card/instances' && method === 'PUT'
  const sentBodies = (): unknown[] => sim.calls.filter(isUpdate).map(call => call.body)

  /** Numbers the tries in a variable of the card. */
  function numbered(): { readonly call: ApiCall; readonly tries: () => number } {
    let tries = 0
    const prepare = (given: unknown): object => {
      tries++
      return {
        ...Object(given),
        cardData: { cardParamMap: { ...Object(given).cardData.cardParamMap, try: `${tries}` } },
      }
    }
    return { call: { method: 'PUT', path: '/v1.0/card/instances', body, prepare }, tries: () => tries }
  }

  test('is prepared once for each try', async () => {
    sim.faults.api({ path: '/v1.0/card/instances', fault: 'serverError', times: 2 })
    const { call, tries } = numbered()
    await expect(bot.api.call(call)).rejects.toThrow()
    expect(sentBodies()).toMatchObject([1, 2, 3].map(n => ({ cardData: { cardParamMap: { a: 'b', try: `${n}` } } })))
    expect(tries()).toBe(3)
  })

  test('is prepared after the steps of use(), whether they hand it on or a copy of it', async () => {
    const { call, tries } = numbered()
    const before: number[] = []
    bot.api.use((given, next) => {
      before.push(tries())
      return next({ ...given })
    })
    await expect(bot.api.call(call)).rejects.toThrow()
    expect(before).toEqual([0])
    expect(tries()).toBe(1)
  })

  test('is prepared from the body that a step gave it', async () => {
    const { call } = numbered()
    const changed = { ...body, cardData: { cardParamMap: { a: 'changed' } } }
    bot.api.use((given, next) => next({ ...given, body: changed }))
    await expect(bot.api.call(call)).rejects.toThrow()
    expect(sentBodies()).toMatchObject([{ cardData: { cardParamMap: { a: 'changed', try: '1' } } }])
  })

  test('may be prepared by a promise', async () => {
    const prepare = async (): Promise<object> => ({ ...body, cardData: { cardParamMap: { later: 'yes' } } })
    await expect(bot.api.call({ method: 'PUT', path: '/v1.0/card/instances', prepare })).rejects.toThrow()
    expect(sentBodies()).toMatchObject([{ cardData: { cardParamMap: { later: 'yes' } } }])
  })

  test('fails with what `prepare` throws, and is not sent', async () => {
    const reason = new Error('it is too late')
    const prepare = (): never => {
      throw reason
    }
    await expect(bot.api.call({ method: 'PUT', path: '/v1.0/card/instances', body, prepare })).rejects.toBe(reason)
    expect(sentBodies()).toEqual([])
  })
})
