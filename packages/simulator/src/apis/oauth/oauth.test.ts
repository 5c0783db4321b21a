import { describe, expect, test } from 'vitest'
import { manualClock } from '../../clock/clock.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { post } from '../../testing/client.ts'

const path = '/v1.0/oauth2/accessToken'
const credentials = ({ clientId, clientSecret }: Simulator) => ({ appKey: clientId, appSecret: clientSecret })

async function oldToken(sim: Simulator, appkey: string, appsecret: string): Promise<unknown> {
  const response = await fetch(`${sim.url}/gettoken?${new URLSearchParams({ appkey, appsecret })}`)
  expect(response.status).toBe(200)
  return response.json()
}

test('both token APIs give the same token', async () => {
  await using sim = await createSimulator()
  const { body } = await post(sim.url + path, credentials(sim))
  expect(body).toEqual({ accessToken: expect.stringMatching(/^[0-9a-f]{32}$/), expireIn: 7_200 })
  expect(await oldToken(sim, sim.clientId, sim.clientSecret)).toEqual({
    errcode: 0,
    errmsg: 'ok',
    access_token: Object(body).accessToken,
    expires_in: 7_200,
  })
})

test('asking again extends the token, and an expired one is replaced', async () => {
  const clock = manualClock()
  await using sim = await createSimulator({ clock })
  const ask = async () => (await post(sim.url + path, credentials(sim))).body
  const first = await ask()
  clock.advance(7_199_000)
  expect(await ask()).toEqual(first)
  clock.advance(7_199_000)
  expect(await ask()).toEqual(first)
  clock.advance(7_200_000)
  expect(await ask()).not.toEqual(first)
})

describe('the newer way, and that of third-party apps', () => {
  const newer = '/v1.0/oauth2/dingsimulator00000001/token'
  const suite = '/v1.0/oauth2/corpAccessToken'

  test('give the same token under their own names', async () => {
    await using sim = await createSimulator()
    const { clientId, clientSecret } = sim
    const { accessToken } = Object((await post(sim.url + path, credentials(sim))).body)
    const grant = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }
    expect((await post(sim.url + newer, grant)).body).toEqual({ access_token: accessToken, expires_in: 7_200 })
    const corp = {
      suiteKey: clientId,
      suiteSecret: clientSecret,
      authCorpId: 'dingsimulator00000001',
      suiteTicket: 't',
    }
    expect((await post(sim.url + suite, corp)).body).toEqual({ accessToken, expireIn: 7_200 })
  })

  test.each<[string, string, object, string]>([
    ['a wrong secret', newer, { client_secret: 'x' }, 'invalid.client'],
    ['another grant', newer, { grant_type: 'password' }, 'unsupported.grant.type'],
    ['a wrong suite', suite, { suiteKey: 'a', suiteSecret: 'b', authCorpId: 'c' }, 'invalidSuiteKey'],
  ])('%s', async (_, api, more, code) => {
    await using sim = await createSimulator()
    const { clientId: client_id, clientSecret: client_secret } = sim
    const answer = await post(sim.url + api, { client_id, client_secret, grant_type: 'client_credentials', ...more })
    expect(answer).toMatchObject({ status: 400, body: { code } })
  })
})

describe('no token', () => {
  test.each([
    ['wrong secret', { appKey: 'ding-simulator', appSecret: 'wrong' }, 'invalidClientIdOrSecret'],
    ['unknown app', { appKey: 'ding-other', appSecret: 'simulator-secret' }, 'invalidClientIdOrSecret'],
    ['nothing', {}, 'invalidClientIdOrSecret'],
    ['no JSON', 'appKey=ding-simulator', 'Missingbody'],
  ])('%s', async (_, body, code) => {
    await using sim = await createSimulator()
    expect(await post(sim.url + path, body)).toMatchObject({ status: 400, body: { code } })
  })

  test('a form, as some clients send it', async () => {
    await using sim = await createSimulator()
    const response = await fetch(sim.url + path, { method: 'POST', body: new URLSearchParams(credentials(sim)) })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'Missingbody' })
  })

  test('the old API says so in errcode', async () => {
    await using sim = await createSimulator()
    expect(await oldToken(sim, sim.clientId, 'wrong')).toMatchObject({ errcode: 40096 })
    expect(await oldToken(sim, '', '')).toMatchObject({ errcode: 40035 })
  })
})

describe('an API that asks for a token', () => {
  const api = '/v1.0/card/instances/createAndDeliver'

  test.each([
    ['none', undefined, 'AuthenticationFailed.MissingParameter'],
    ['a wrong one', 'made-up', 'InvalidAuthentication'],
  ])('%s', async (_, token, code) => {
    await using sim = await createSimulator()
    const answer = await post(sim.url + api, {}, token ? { 'x-acs-dingtalk-access-token': token } : {})
    expect(answer).toEqual({
      status: 400,
      body: { code, message: expect.any(String), requestid: expect.any(String) },
    })
  })

  test('one that has expired', async () => {
    const clock = manualClock()
    await using sim = await createSimulator({ clock })
    const { body } = await post(sim.url + path, credentials(sim))
    const headers = { 'x-acs-dingtalk-access-token': String(Object(body).accessToken) }
    const code = async () => Object((await post(sim.url + api, {}, headers)).body).code
    expect(await code()).toBe('param.cardTemplateIdEmpty')
    clock.advance(7_200_000)
    expect(await code()).toBe('InvalidAuthentication')
  })
})
