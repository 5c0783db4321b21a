import { describe, expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { accessToken, type Call, caller } from '../testing/api.ts'
import { post } from '../testing/client.ts'
import type { ApiFault } from './types.ts'

const GROUP = '/v1.0/robot/groupMessages/send'

/** Says `hi` in a group by API. */
function send(sim: Simulator, call: Call) {
  const { conversationId: openConversationId } = sim.group('Team')
  return call('POST', GROUP, {
    robotCode: sim.clientId,
    openConversationId,
    msgKey: 'sampleText',
    msgParam: '{"content":"hi"}',
  })
}

describe('each does what its name says', () => {
  const qps = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'
  const denied = 'Forbidden.AccessDenied.AccessTokenPermissionDenied'
  const scopes = { accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] } }
  test.each<[string, ApiFault, number, unknown]>([
    ['qps', { fault: 'qps' }, 403, { code: qps }],
    ['qpm', { fault: 'qpm' }, 403, { code: 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi' }],
    ['quota', { fault: 'quota' }, 403, { code: 'Forbidden.AccessDenied.ApiCountLimitForOrg' }],
    ['permission', { fault: 'permission' }, 403, { code: denied, ...scopes }],
    ['ipNotAllowed', { fault: 'ipNotAllowed' }, 403, { code: 'Forbidden.AccessDenied.IpNotInWhiteList' }],
    ['tokenExpired', { fault: 'tokenExpired' }, 400, { code: 'InvalidAuthentication' }],
    ['serverError', { fault: 'serverError' }, 503, { code: 'system.busy' }],
    ['serverError with a status', { fault: 'serverError', status: 500 }, 500, { code: 'system.busy' }],
    ['html', { fault: 'html' }, 502, expect.stringContaining('<html>')],
    ['empty', { fault: 'empty' }, 200, ''],
    ['an answer of one’s own', { fault: { status: 418, body: { code: 'teapot' } } }, 418, { code: 'teapot' }],
    ['text of one’s own', { fault: { status: 200, body: 'no JSON' } }, 200, 'no JSON'],
  ])('%s', async (_, fault, status, body) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api(fault)
    const answer = await send(sim, call)
    expect(answer.status).toBe(status)
    if (typeof body === 'object' && body !== null && !('asymmetricMatch' in body))
      expect(answer.body).toMatchObject(body)
    else expect(answer.body).toEqual(body)
    expect(sim.messages).toEqual([])
    expect(sim.calls.at(-1)).toMatchObject({ path: GROUP, status, fault: expect.any(String) })
  })

  test('rateLimit says when to come back', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ fault: 'rateLimit', retryAfter: 7 })
    const { status, headers } = await send(sim, call)
    expect(status).toBe(429)
    expect(headers.get('retry-after')).toBe('7')
  })

  test('tokenExpired ends the life of the token', async () => {
    await using sim = await createSimulator()
    const [call, token] = [await caller(sim), await accessToken(sim)]
    sim.faults.api({ fault: 'tokenExpired' })
    await send(sim, call)
    expect(await send(sim, call)).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication' } })
    expect(await accessToken(sim)).not.toBe(token)
  })

  test('webhookExpired ends the life of the session', async () => {
    await using sim = await createSimulator()
    const { payload } = await sim.user('Alice').say('hi')
    sim.faults.api({ fault: 'webhookExpired' })
    for (const _ of [1, 2]) {
      const answer = await post(payload.sessionWebhook, { msgtype: 'empty' })
      expect(answer).toMatchObject({ status: 200, body: { errcode: 300001 } })
    }
  })

  test.each([
    ['qps', { errcode: 88, sub_code: '90018' }],
    ['permission', { errcode: 88, sub_code: '60011' }],
    ['tokenExpired', { errcode: 88, sub_code: '40014' }],
  ] as const)('old APIs tell %s by errcode', async (fault, body) => {
    await using sim = await createSimulator()
    const token = await accessToken(sim)
    sim.faults.api({ path: '/topapi/*', fault })
    const answer = await post(`${sim.url}/topapi/v2/user/get?access_token=${token}`, { userid: 'x' })
    expect(answer).toMatchObject({ status: 200, body })
  })
})

describe('answers that are lost', () => {
  test.each([
    [false, 0],
    [true, 1],
  ])('cut, applied: %s', async (applied, messages) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ fault: 'cut', applied })
    await expect(send(sim, call)).rejects.toThrow('fetch failed')
    expect(sim.messages).toHaveLength(messages)
    expect(sim.calls.at(-1)).toMatchObject({ status: 0, fault: 'cut' })
    expect(await send(sim, call)).toMatchObject({ status: 200 })
  })

  test('serverError after it was applied', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ fault: 'serverError', applied: true })
    expect((await send(sim, call)).status).toBe(503)
    expect(sim.messages).toHaveLength(1)
  })

  test('timeout: no answer until the caller gives up', async () => {
    await using sim = await createSimulator()
    const token = await accessToken(sim)
    const fault = sim.faults.api({ path: GROUP, fault: 'timeout' })
    const giveUp = new AbortController()
    const headers = { 'x-acs-dingtalk-access-token': token }
    const call = fetch(`${sim.url}${GROUP}`, { method: 'POST', headers, signal: giveUp.signal })
    const outcome = call.then(
      () => 'answered',
      () => 'gave up',
    )
    await sim.until(() => fault.struck === 1 && sim.calls.some(it => it.fault === 'timeout'))
    giveUp.abort()
    expect(await outcome).toBe('gave up')
  })

  test('timeout does not keep the simulator from closing', async () => {
    const sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ fault: 'timeout' })
    const outcome = send(sim, call).catch(String)
    await sim.until(() => sim.calls.some(it => it.fault === 'timeout'))
    await sim.close()
    expect(await outcome).toContain('fetch failed')
  })

  test('slow: the right answer, later', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const call = await caller(sim)
    const fault = sim.faults.api({ delay: 3_000 })
    // A call that is not struck is answered while the other one waits.
    const slow = send(sim, call)
    await Promise.race([slow, new Promise<void>(resolve => void passedOver(() => fault.struck === 1, resolve))])
    expect(sim.messages).toEqual([])
    clock.advance(3_000)
    expect(await slow).toMatchObject({ status: 200 })
    expect(sim.calls.at(-1)).toMatchObject({ fault: 'slow', status: 200 })
  })
})

/** Asks again each turn of the event loop. */
function passedOver(is: () => boolean, then: () => void): void {
  if (is()) then()
  else setImmediate(() => passedOver(is, then))
}

describe('whom it strikes', () => {
  test('as often as it says, then no more', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const fault = sim.faults.api({ fault: 'qps', times: 2 })
    const statuses = []
    for (const _ of [1, 2, 3]) statuses.push((await send(sim, call)).status)
    expect(statuses).toEqual([403, 403, 200])
    expect(fault.struck).toBe(2)
  })

  test.each<[string, ApiFault, boolean]>([
    ['the path', { path: GROUP }, true],
    ['another path', { path: '/v1.0/card/streaming' }, false],
    ['a wildcard', { path: '/v1.0/robot/*/send' }, true],
    ['a wildcard that does not fit', { path: '/v1.0/robot/*/recall' }, false],
    ['a pattern', { path: /groupMessages/ }, true],
    ['the method', { method: 'post' }, true],
    ['another method', { method: 'PUT' }, false],
  ])('by %s', async (_, where, strikes) => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ ...where, fault: 'qps' })
    expect((await send(sim, call)).status).toBe(strikes ? 403 : 200)
  })

  test('without a path not those who give out tokens and connections, with one those too', async () => {
    await using sim = await createSimulator()
    sim.faults.api({ fault: 'serverError' })
    const { clientId: appKey, clientSecret: appSecret } = sim
    const ask = () => post(`${sim.url}/v1.0/oauth2/accessToken`, { appKey, appSecret })
    expect((await ask()).status).toBe(200)
    sim.faults.api({ path: '/v1.0/oauth2/*', fault: 'serverError' })
    expect((await ask()).status).toBe(503)
  })

  test('by chance, the same with the same seed', async () => {
    const row = async (seed: number) => {
      await using sim = await createSimulator({ seed })
      const call = await caller(sim)
      sim.faults.api({ fault: 'qps', probability: 0.5 })
      const statuses = []
      for (let index = 0; index < 16; index += 1) statuses.push((await send(sim, call)).status)
      return statuses.join()
    }
    const first = await row(7)
    expect(await row(7)).toBe(first)
    expect(await row(8)).not.toBe(first)
    expect(new Set(first.split(',')).size).toBe(2)
  })

  test('nobody once disarmed or cleared', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    sim.faults.api({ fault: 'qps' }).disarm()
    sim.faults.api({ fault: 'html' })
    sim.faults.clear()
    expect((await send(sim, call)).status).toBe(200)
  })
})
