import { expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createSimulator } from '../simulator.ts'
import { accessToken, caller } from '../testing/api.ts'
import { post } from '../testing/client.ts'

const ROBOTS = '/v1.0/robot/plugins/query'

test('a token lives for two hours, and an expired one is a 400', async () => {
  await using sim = await createSimulator()
  const [call, token] = [await caller(sim), await accessToken(sim)]
  const robot = { robotCode: sim.clientId }
  const get = `${sim.url}/topapi/v2/user/get?access_token=${token}`
  const alice = { userid: sim.user('Alice').userId }
  sim.clock.advance(7_199_000)
  expect((await call('POST', ROBOTS, robot)).status).toBe(200)
  expect(await post(get, alice)).toMatchObject({ body: { errcode: 0 } })
  sim.clock.advance(1_000)
  const answer = await call('POST', ROBOTS, robot)
  expect(answer).toMatchObject({ status: 400, body: { code: 'InvalidAuthentication', requestid: expect.any(String) } })
  expect(await post(get, alice)).toMatchObject({ status: 200, body: { errcode: 88, sub_code: '40014' } })
})

test('a permission that was taken away is a 403 which names it, until it is given back', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const robot = { robotCode: sim.clientId }
  sim.permissions.revoke('qyapi_robot_sendmsg', 'qyapi_get_member')
  expect(await call('POST', ROBOTS, robot)).toMatchObject({
    status: 403,
    body: {
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
    },
  })
  const old = await post(`${sim.url}/topapi/v2/user/get?access_token=${await accessToken(sim)}`, {})
  expect(old).toMatchObject({ status: 200, body: { errcode: 88 } })
  sim.permissions.grant('qyapi_robot_sendmsg')
  expect(sim.permissions.revoked).toEqual(['qyapi_get_member'])
  // The token keeps what it was issued with; the next one has it.
  expect((await call('POST', ROBOTS, robot)).status).toBe(403)
  const renewed = await caller(sim)
  expect((await renewed('POST', ROBOTS, robot)).status).toBe(200)
})

test('too many calls a second are a 403, each API by itself, and are not counted', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock, qps: 2 })
  const call = await caller(sim)
  const ask = async (path: string) => (await call('POST', path, { robotCode: sim.clientId })).status
  expect(await ask(ROBOTS)).toBe(200)
  expect(await ask(ROBOTS)).toBe(200)
  expect(await ask(ROBOTS)).toBe(403)
  expect(await ask('/v1.0/robot/plugins/clear')).toBe(200)
  expect(sim.quota.api.used).toBe(3)
  clock.advance(999)
  expect(await ask(ROBOTS)).toBe(403)
  clock.advance(1)
  expect(await ask(ROBOTS)).toBe(200)
  sim.throttle.limit(1, ROBOTS)
  clock.advance(1_000)
  expect(await ask(ROBOTS)).toBe(200)
  expect(await ask(ROBOTS)).toBe(403)
})

test('a month that is used up is a 403; tokens and contacts do not use it', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  sim.quota.api.limit = 1
  const robot = { robotCode: sim.clientId }
  await call('GET', `/v1.0/contact/users/${sim.user('Alice').userId}`)
  expect((await call('POST', ROBOTS, robot)).status).toBe(200)
  const code = 'Forbidden.AccessDenied.ApiCountLimitForOrg'
  expect(await call('POST', ROBOTS, robot)).toMatchObject({ status: 403, body: { code } })
  expect(sim.quota.api.used).toBe(1)
  sim.quota.api.used = 0
  expect((await call('POST', ROBOTS, robot)).status).toBe(200)
})
