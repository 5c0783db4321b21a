import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { redact } from './redact.ts'

test.each([
  [
    'https://oapi.dingtalk.com/robot/send?access_token=5ecr37&x=1',
    'https://oapi.dingtalk.com/robot/send?access_token=***&x=1',
  ],
  [
    'https://oapi.dingtalk.com/robot/sendBySession?session=5ecr37',
    'https://oapi.dingtalk.com/robot/sendBySession?session=***',
  ],
  ['wss://host/connect?ticket=5ecr37%2Bx', 'wss://host/connect?ticket=***'],
  ['?url=https%3A%2F%2Fhost%2F%3Fticket%3D5ecr37', '?url=https%3A%2F%2Fhost%2F%3Fticket%3D***'],
  [
    'https://oss/a.png?Expires=1&OSSAccessKeyId=b&Signature=5ecr37',
    'https://oss/a.png?Expires=1&OSSAccessKeyId=b&Signature=***',
  ],
  ['appkey=a&appsecret=5ecr37', 'appkey=a&appsecret=***'],
  ['{"accessToken":"5ecr37","expireIn":7200}', '{"accessToken":"***","expireIn":7200}'],
  ['{"ticket":5637, "a":1}', '{"ticket":***, "a":1}'],
  ['"{\\"clientSecret\\":\\"5ecr37\\",\\"a\\":1}"', '"{\\"clientSecret\\":\\"***\\",\\"a\\":1}"'],
  ["{ clientSecret: '5ecr37', a: 1 }", "{ clientSecret: '***', a: 1 }"],
  ["{ 'x-acs-dingtalk-access-token': '5ecr37' }", "{ 'x-acs-dingtalk-access-token': '***' }"],
  ['x-acs-dingtalk-access-token: 5ecr37\r\naccept: */*', 'x-acs-dingtalk-access-token: ***\r\naccept: */*'],
  ['Authorization: Bearer 5ecr37\nx: y', 'Authorization: ***\nx: y'],
  ['proxy http://user:p@5ecr37@host:8080/x refused', 'proxy http://***@host:8080/x refused'],
])('%s is masked', (text, masked) => {
  expect(redact(text)).toBe(masked)
  expect(redact(masked)).toBe(masked)
})

test.each([
  'The ticket: expired, or used before.',
  'Check clientSecret (DINGTALK_CLIENT_SECRET) for stray whitespace.',
  'design=bold signal=5 sessions: 7',
  'https://host/path?mail=a@b.example',
  'connect ECONNREFUSED 127.0.0.1:443',
])('%s is left as it is', text => {
  expect(redact(text)).toBe(text)
})

test('known secrets are masked wherever they stand, but for those too short to be one', () => {
  expect(redact('the key 5ecr37 of abc', ['5ecr37', 'abc'])).toBe('the key *** of abc')
  expect(redact('a.b*c?d', ['a.b*c?'])).toBe('***d')
})

describe('a secret', () => {
  const secret = fc.stringMatching(/^[!-~]{8,40}$/)

  test('never comes out of JSON, however often that was put into JSON', () => {
    const name = fc.constantFrom(
      'clientSecret',
      'appSecret',
      'access_token',
      'ticket',
      'session',
      'password',
      'jsapi_ticket',
    )
    const property = fc.property(secret, name, fc.nat(2), fc.jsonValue(), (secret, name, depth, other) => {
      let text = JSON.stringify({ other: JSON.stringify(other).includes(secret) ? 0 : other, [name]: secret, last: 1 })
      let escaped = JSON.stringify(secret).slice(1, -1)
      for (let i = 0; i < depth; i++) {
        text = JSON.stringify(text)
        escaped = JSON.stringify(escaped).slice(1, -1)
      }
      expect(redact(text)).not.toContain(escaped)
      expect(redact(text)).toContain('last')
    })
    fc.assert(property, { numRuns: 1_000 })
  })

  test('never comes out of an address, nor out of what Node prints of an object', () => {
    const property = fc.property(secret, secret => {
      const url = new URL('https://host/path?a=1')
      url.searchParams.set('access_token', secret)
      url.username = 'user'
      url.password = secret
      const encoded = url.searchParams.toString().split('access_token=')[1] ?? ''
      for (const text of [url.href, inspect({ a: { accessToken: secret } }, { depth: 9 })]) {
        expect(redact(text)).not.toContain(secret)
        expect(redact(text)).not.toContain(encoded)
        expect(redact(text)).not.toContain(url.password)
      }
    })
    fc.assert(property, { numRuns: 1_000 })
  })
})

test('a long text of anything takes no time worth speaking of', () => {
  const unit = ['a.', 'a', '\\"', '\\', 'a://', 'ticket=', '"ticket": "', 'ticket:', '@', ' ', 'a-', "'"]
  for (const text of unit) {
    // Minutes, were the time to grow with the square of the length; the limit of a test tells.
    redact(text.repeat(2 ** 18 / text.length))
  }
})
