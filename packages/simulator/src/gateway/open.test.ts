import { describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { open } from '../testing/client.ts'

const topic = '/v1.0/im/bot/messages/get'

describe('the gateway answers with an address and a ticket', () => {
  test.each([
    ['the usual body', {}],
    ['the empty ua of the official Node client', { ua: '' }],
    ['no ua', { ua: undefined }],
    ['the ua of the official Python client', { ua: 'dingtalk-sdk-python/v0.24.4b1-union' }],
    ['the system topics of the official Go client', { subscriptions: [{ type: 'SYSTEM', topic: 'ping' }] }],
    ['localIp and extras', { localIp: '10.0.0.1,10.0.0.2', extras: { k: 'v' } }],
    ['null for what the official Go client does not have', { extras: null }],
    ['null for all else that may be missing', { extras: null, localIp: null, ua: null }],
    ['no subscription', { subscriptions: [] }],
  ])('%s', async (_, body) => {
    await using sim = await createSimulator()
    const response = await open(sim, body)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      endpoint: `${sim.url.replace('http', 'ws')}/connect`,
      ticket: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })
})

describe('the gateway says no', () => {
  test.each([
    ['wrong secret', { clientSecret: 'wrong' }, 401, 'authFailed', '鉴权失败'],
    ['stray newline in the secret', { clientSecret: 'simulator-secret\n' }, 401, 'authFailed', '鉴权失败'],
    ['unknown clientId', { clientId: 'ding-unknown' }, 400, 'systemError', '系统错误'],
    ['no clientId', { clientId: undefined }, 400, 'invalidParameter', expect.stringContaining('clientId')],
    ['empty clientSecret', { clientSecret: '' }, 400, 'invalidParameter', expect.stringContaining('clientSecret')],
    [
      'no subscriptions',
      { subscriptions: undefined },
      400,
      'invalidParameter',
      expect.stringContaining('subscriptions'),
    ],
    ['unknown type', { subscriptions: [{ type: 'NEWS', topic }] }, 400, 'invalidParameter', expect.any(String)],
    ['no topic', { subscriptions: [{ type: 'EVENT' }] }, 400, 'invalidParameter', expect.any(String)],
    ['ua without version', { ua: 'client' }, 400, 'invalidParameter', 'ua invalid'],
    ['ua beyond ASCII', { ua: '钉/1.0' }, 400, 'invalidParameter', 'ua invalid'],
    ['ua with spaces', { ua: 'my client/1.0' }, 400, 'invalidParameter', 'ua invalid'],
  ])('%s', async (_, body, status, code, message) => {
    await using sim = await createSimulator()
    const response = await open(sim, body)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ requestid: expect.any(String), code, message })
  })

  test('a body that is no JSON', async () => {
    await using sim = await createSimulator()
    const headers = { accept: 'application/json' }
    const response = await fetch(`${sim.url}/v1.0/gateway/connections/open`, {
      method: 'POST',
      headers,
      body: 'clientId=1',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalidParameter' })
  })
})

test.each(['*/*', 'application/*', 'application/json, text/plain, */*', 'text/html, */*;q=0.8', 'Application/JSON'])(
  'who accepts %s gets JSON',
  async accept => {
    await using sim = await createSimulator()
    const response = await open(sim, {}, { accept })
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.json()).toMatchObject({ ticket: expect.any(String) })
  },
)

test('who takes no JSON gets XML', async () => {
  await using sim = await createSimulator()
  for (const [body, text] of [
    [{}, '<ticket>'],
    [{ clientSecret: 'wrong' }, '<code>authFailed</code>'],
  ] as const) {
    const response = await open(sim, body, { accept: 'text/xml' })
    expect(response.headers.get('content-type')).toContain('xml')
    expect(await response.text()).toContain(text)
  }
})

test('credentials are those of the options', async () => {
  await using sim = await createSimulator({ clientId: 'ding-mine', clientSecret: 'my-secret' })
  expect((await open(sim)).status).toBe(200)
  expect((await open(sim, { clientId: 'ding-simulator' })).status).toBe(400)
})
