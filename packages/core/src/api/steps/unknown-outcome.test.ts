import { ApiError, DingTalkError, NetworkError, TimeoutError } from '@dingware/transport'
import { describe, expect, test } from 'vitest'
import type { ApiCall } from '../api-call.ts'
import { unknownOutcome } from './unknown-outcome.ts'

const send: ApiCall = { method: 'POST', path: '/v1.0/robot/groupMessages/send' }
const read: ApiCall = { method: 'GET', path: '/v1.0/contact/users/me' }
const HINT = /^it failed It may have been done all the same, so it was not repeated/

function refusal(status: number): ApiError {
  const call = { method: 'POST', url: 'https://api.dingtalk.com/v1.0/robot' }
  const details = { requestId: 'r1', requiredScopes: ['Robot.Send'], retryAfter: 1_000, cause: new Error('why') }
  return new ApiError('it failed', { status, code: 'whatever', call, ...details })
}

/** What comes of a call that fails so. */
function thrownBy(call: ApiCall, error: unknown): Promise<unknown> {
  return unknownOutcome(call, () => Promise.reject(error)).catch((thrown: unknown) => thrown)
}

describe('a call whose fate is unknown', () => {
  test('and that the platform answered says so, and is else the same error', async () => {
    const error = refusal(500)
    const thrown = await thrownBy(send, error)
    if (!(thrown instanceof ApiError)) throw new Error('It is another error.')
    expect(thrown.message).toMatch(HINT)
    const { status, code, requestId, requiredScopes, retryAfter, call, cause } = error
    expect(thrown).toMatchObject({ status, code, requestId, requiredScopes, retryAfter, call, cause })
  })

  test.each([
    ['late', new TimeoutError('it failed', { code: 'ERR_LATE', cause: new Error('why') })],
    ['cut', new NetworkError('it failed', { code: 'ECONNRESET', cause: new Error('why') })],
  ])('because it was %s says so, and is else the same error', async (_how, error) => {
    const thrown = await thrownBy(send, error)
    expect(thrown).toMatchObject({ name: error.name, code: error.code, cause: error.cause })
    expect(thrown).toMatchObject({ message: expect.stringMatching(HINT) })
  })
})

test.each<[string, ApiCall, unknown]>([
  ['that may be done twice', read, refusal(500)],
  ['that was refused', send, refusal(400)],
  ['that was never sent', send, new NetworkError('it failed', { code: 'ENOTFOUND' })],
  ['that failed otherwise', send, new DingTalkError('it failed')],
])('the error of a call %s is left as it is', async (_what, call, error) => {
  expect(await thrownBy(call, error)).toBe(error)
})

test('a call that did not fail gives its answer', async () => {
  expect(await unknownOutcome(send, async () => 'done')).toBe('done')
})
