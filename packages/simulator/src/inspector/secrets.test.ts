import { expect, test } from 'vitest'
import { createMask } from './secrets.ts'

const mask = createMask(['s3cret'])

test.each<[string, unknown, unknown]>([
  [
    'a token in a header',
    { 'x-acs-dingtalk-access-token': 'abc' },
    { 'x-acs-dingtalk-access-token': '<ACCESS_TOKEN>' },
  ],
  ['a token in a query', { access_token: 'abc' }, { access_token: '<ACCESS_TOKEN>' }],
  ['a token in an answer', { accessToken: 'abc', expireIn: 7200 }, { accessToken: '<ACCESS_TOKEN>', expireIn: 7200 }],
  ['the app secret in a body', { appKey: 'k', appSecret: 'x' }, { appKey: 'k', appSecret: '<CLIENT_SECRET>' }],
  [
    'a webhook',
    { sessionWebhook: 'http://h/robot/sendBySession?session=abc' },
    { sessionWebhook: '<SESSION_WEBHOOK>' },
  ],
  ['a ticket', { endpoint: 'ws://h/connect', ticket: 'abc' }, { endpoint: 'ws://h/connect', ticket: '<TICKET>' }],
  ['an address in a text', 'see http://h/x?session=abc&y=1', 'see http://h/x?session=<SESSION>&y=1'],
  [
    'a signed address',
    'http://h/oss/a.file?Expires=1&Signature=ab',
    'http://h/oss/a.file?Expires=1&Signature=<SIGNATURE>',
  ],
  ['the client secret anywhere', ['my s3cret is s3cret'], ['my <CLIENT_SECRET> is <CLIENT_SECRET>']],
  ['JSON within a text', { data: '{"sessionWebhook":"http://h"}' }, { data: '{"sessionWebhook":"<SESSION_WEBHOOK>"}' }],
  ['JSON in JSON', { data: '{"a":"{\\"ticket\\":\\"x\\"}"}' }, { data: '{"a":"{\\"ticket\\":\\"<TICKET>\\"}"}' }],
  ['an empty token, which tells what was wrong', { accessToken: '' }, { accessToken: '' }],
])('%s is masked', (_, value, masked) => {
  expect(mask(value)).toEqual(masked)
})

test('what is no secret stays as it is', () => {
  const value = {
    conversationId: 'cid1',
    text: { content: '[] {} hello?session' },
    n: 1,
    list: [null, true],
    sessions: 2,
  }
  expect(mask(value)).toEqual(value)
})
