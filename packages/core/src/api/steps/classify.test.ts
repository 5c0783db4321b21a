import { ApiError, NetworkError, TimeoutError } from '@dingware/transport'
import { expect, test } from 'vitest'
import type { ApiCall } from '../api-call.ts'
import { classify, isIdempotent, isLimitedByMinute } from './classify.ts'

const send: ApiCall = { method: 'POST', path: '/v1.0/robot/groupMessages/send' }

function refusal(code: string, status = 400): ApiError {
  return new ApiError(`refused with ${code}`, { status, code, call: { method: 'POST', url: '/' } })
}

test.each([
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
  'send.too.fast',
  'request.toofast',
  'too.frequent',
  'too.many.group',
  'too.many.people',
  'limit.exceed',
  'query.limit',
  '90002',
  '90018',
  '130101',
  '410100',
  'HTTP_429',
])('%s is throttled', code => {
  expect(classify(refusal(code), send)).toBe('throttled')
})

test('a 429 is throttled, whatever its code', () => {
  expect(classify(refusal('whatever', 429), send)).toBe('throttled')
})

test.each(['unknown.send.result', 'system.error', 'service.unavailable', '-1', '15'])('%s leaves it unknown', code => {
  expect(classify(refusal(code), send)).toBe('unknown')
})

test.each([408, 425, 500, 502, 503])('a %i leaves it unknown', status => {
  expect(classify(refusal('whatever', status), send)).toBe('unknown')
})

test.each(['150', '115', '-15', 'not.a.system.error', 'system.error.of.yours', 'too_many', 'unknownError', '900180'])(
  '%s is final',
  code => {
    expect(classify(refusal(code), send)).toBe('final')
  },
)

test.each([400, 404, 407, 409, 424, 426, 499])('a %i is final', status => {
  expect(classify(refusal('whatever', status), send)).toBe('final')
})

test('unknownError of a card looks busy, any other code of a card does not', () => {
  const card = { path: '/v1.0/card/instances' }
  expect(classify(refusal('unknownError', 500), card)).toBe('busy')
  expect(classify(refusal('whatever', 500), card)).toBe('unknown')
  expect(classify(refusal('unknownError', 500), { path: '/v1.0/robot/v1.0/card/' })).toBe('unknown')
})

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
  '%s: it was never sent',
  code => {
    expect(classify(new NetworkError('x', { code }), send)).toBe('unsent')
  },
)

test('a connection that was cut, and an answer that did not come, leave it unknown', () => {
  expect(classify(new NetworkError('x', { code: 'ECONNRESET' }), send)).toBe('unknown')
  expect(classify(new TimeoutError('x', { code: 'ECONNREFUSED' }), send)).toBe('unknown')
})

test.each([new Error('boom'), 'text', undefined])('what is no failure of a call (%s) is final', error => {
  expect(classify(error, send)).toBe('final')
})

test('only a limit by the minute lifts with the next one', () => {
  expect(isLimitedByMinute(refusal('Forbidden.AccessDenied.QpmLimitForAppkeyAndApi'))).toBe(true)
  expect(isLimitedByMinute(refusal('Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'))).toBe(false)
  expect(isLimitedByMinute(new NetworkError('x', { code: 'QpmLimit' }))).toBe(false)
})

test.each<[boolean, ApiCall]>([
  [true, { method: 'GET', path: '/v1.0/contact/users/me' }],
  [true, { method: 'PUT', path: '/v1.0/card/streaming' }],
  [true, { method: 'POST', path: '/v1.0/card/instances/createAndDeliver' }],
  [true, { method: 'POST', path: '/v1.0/robot/send', idempotent: true }],
  [false, { method: 'POST', path: '/v1.0/robot/send' }],
  [false, { method: 'POST', path: '/v1.0/robot/v1.0/card/instances' }],
  [false, { method: 'DELETE', path: '/v1.0/robot/send' }],
  [false, { method: 'GET', path: '/v1.0/contact/users/me', idempotent: false }],
  [false, { method: 'PUT', path: 'https://oapi.dingtalk.com/robot/sendBySession', base: 'webhook' }],
])('that it may be done twice is %s of %j', (expected, call) => {
  expect(isIdempotent(call)).toBe(expected)
})
