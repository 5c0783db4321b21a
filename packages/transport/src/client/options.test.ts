import { expect, test, vi } from 'vitest'
import { credentialOf, settingsOf } from './options.ts'

const options = { subscriptions: [], onFrame: () => {} }

test('what is not set has the documented defaults', () => {
  vi.stubEnv('DINGTALK_OPENAPI_ENDPOINT', '')
  expect(settingsOf(options)).toMatchObject({
    endpoint: 'https://api.dingtalk.com',
    connections: 1,
    rotateAfter: undefined,
    gatewayTimeout: 10_000,
    handshakeTimeout: 10_000,
    drainTimeout: 10_000,
    stableAfter: 60_000,
    cap: 30_000,
    ua: expect.stringMatching(/^dingware\/\d+\.\d+\.\d+$/),
    ws: { maxPayload: 1_048_576, perMessageDeflate: false },
  })
})

test('the endpoint comes from the option, else from the environment', () => {
  vi.stubEnv('DINGTALK_OPENAPI_ENDPOINT', 'https://api.dingtalk.io')
  expect(settingsOf(options).endpoint).toBe('https://api.dingtalk.io')
  expect(settingsOf({ ...options, endpoint: 'http://127.0.0.1:1' }).endpoint).toBe('http://127.0.0.1:1')
})

test('options for `ws` are passed on, and win', () => {
  const { ws } = settingsOf({ ...options, maxPayload: 5, ws: { maxPayload: 7, origin: 'x' } })
  expect(ws).toMatchObject({ maxPayload: 7, origin: 'x' })
})

test('an option wins over the environment, and both are trimmed', () => {
  vi.stubEnv('DINGTALK_CLIENT_ID', 'from-env')
  vi.stubEnv('DINGTALK_CLIENT_SECRET', ' secret\r\n')
  expect(credentialOf({ clientId: ' from-option ' })).toEqual({ clientId: 'from-option', clientSecret: 'secret' })
})

test.each([
  [{ clientId: 'a' }, /set clientSecret \(.*DINGTALK_CLIENT_SECRET\)/],
  [{ clientSecret: 'b' }, /set clientId \(.*DINGTALK_CLIENT_ID\)/],
  [{}, /set clientId .* and clientSecret/],
])('of %j, what is missing is named', (credential, message) => {
  vi.stubEnv('DINGTALK_CLIENT_ID', undefined)
  vi.stubEnv('DINGTALK_CLIENT_SECRET', undefined)
  expect(() => credentialOf(credential)).toThrow(message)
})
