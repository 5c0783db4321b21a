import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createIssuedSecrets } from '../../utils/issued-secrets.ts'
import { createMask } from './mask.ts'

const issued = createIssuedSecrets()
const mask = createMask('s3"cret', issued)
const [session, ticket, signature] = [
  issued.issue('SESSION'),
  issued.issue('TICKET', randomUUID()),
  issued.issue('SIGNATURE'),
]

test.each<[string, unknown, unknown]>([
  [
    'a token in a header',
    { 'x-acs-dingtalk-access-token': 'abc' },
    { 'x-acs-dingtalk-access-token': '<ACCESS_TOKEN>' },
  ],
  ['a token in a query', { access_token: 'abc' }, { access_token: '<ACCESS_TOKEN>' }],
  ['a token in an answer', { accessToken: 'abc', expireIn: 7200 }, { accessToken: '<ACCESS_TOKEN>', expireIn: 7200 }],
  ['the app secret in a body', { appKey: 'k', appSecret: 'x' }, { appKey: 'k', appSecret: '<CLIENT_SECRET>' }],
  ['a ticket', { endpoint: 'ws://h/connect', ticket: 'abc' }, { endpoint: 'ws://h/connect', ticket: '<TICKET>' }],
  ['an address in a text', `see http://h/x?session=${session}&y=1`, 'see http://h/x?session=<SESSION>&y=1'],
  [
    'a signed address',
    { list: [`http://h/oss/a?Signature=${signature}`] },
    { list: ['http://h/oss/a?Signature=<SIGNATURE>'] },
  ],
  ['the client secret anywhere', ['my s3"cret is s3"cret'], ['my <CLIENT_SECRET> is <CLIENT_SECRET>']],
  [
    'the client secret in JSON and in an address',
    '{"a":"s3\\"cret"} s3%22cret',
    '{"a":"<CLIENT_SECRET>"} <CLIENT_SECRET>',
  ],
  [
    'what was issued, in JSON in JSON',
    { data: `{"a":"{\\"b\\":\\"${ticket}\\"}"}` },
    { data: '{"a":"{\\"b\\":\\"<TICKET>\\"}"}' },
  ],
  ['what was issued, among other digits', `%3d${session}0${ticket}`, '%3d<SESSION>0<TICKET>'],
  ['an empty token, which tells what was wrong', { accessToken: '' }, { accessToken: '' }],
])('%s is masked', (_, value, masked) => {
  expect(mask(value, 'call')).toEqual(masked)
})

test('of what is pushed the webhook is masked', () => {
  const value = { sessionWebhook: `http://h/robot/sendBySession?session=${session}`, ticket: 'T-77' }
  expect(mask(value, 'push')).toEqual({ sessionWebhook: '<SESSION_WEBHOOK>', ticket: 'T-77' })
})

test('what is no secret stays as it is, to the byte', () => {
  const value = {
    conversationId: 'cid1',
    text: { content: '{ "a":  1, "id": 12345678901234567890, "ticket": "T-77" }', session: 'spring' },
    markdown: 'https://shop.example/?session=spring&ticket=1&Signature=x',
    cardData: { cardParamMap: { ticket: 'T-1' } },
    n: 1,
    list: [null, true, '<SESSION>', '0'.repeat(200)],
    sessions: 2,
  }
  for (const where of ['call', 'push'] as const) expect(mask(value, where)).toEqual(value)
})
