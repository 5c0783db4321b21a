import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ApiError, DingTalkError, NetworkError } from '../errors/errors.ts'
import { networkErrorOf } from './network-error.ts'

function failure(code: string | undefined, message = 'it broke'): Error {
  return Object.assign(new Error(message), code === undefined ? {} : { code })
}

describe('networkErrorOf', () => {
  test.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /`tls\.ca`/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /`tls\.ca`/],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /`tls\.ca`/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /`tls\.ca`/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /for another host/],
    ['CERT_HAS_EXPIRED', /clock/],
    ['EPROTO', /http:\/\/ against https:\/\//],
    ['ERR_SSL_WRONG_VERSION_NUMBER', /http:\/\/ against https:\/\//],
    ['ENOTFOUND', /DNS/],
    ['EAI_AGAIN', /DNS/],
    ['ECONNREFUSED', /firewall.*HTTPS_PROXY, NO_PROXY, `proxy`/],
    ['UND_ERR_SOCKET', /firewall/],
    ['UND_ERR_INVALID_ARG', /headers/],
  ])('says for %s what to check', (code, hint) => {
    const error = networkErrorOf('GET http://x/ did not get through', failure(code))
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/^GET http:\/\/x\/ did not get through: it broke\. /)
    expect(error.message).toMatch(hint)
  })

  test('does not guess about an error without a code', () => {
    const error = networkErrorOf('It failed', failure(undefined, 'Unexpected server response: 400.'))
    expect(error).toMatchObject({ code: 'ERR_NETWORK', message: 'It failed: Unexpected server response: 400.' })
  })

  test('takes what is no error', () => {
    expect(networkErrorOf('It failed', 'a string')).toMatchObject({
      code: 'ERR_NETWORK',
      message: 'It failed: a string.',
    })
    expect(networkErrorOf('It failed', undefined).message).toBe('It failed: undefined.')
  })

  test('tells the reasons inside of an error that has only those', () => {
    const inner = [failure('ECONNREFUSED', 'refused ::1'), failure('ECONNREFUSED', 'refused 127.0.0.1')]
    const error = networkErrorOf('It failed', Object.assign(new AggregateError(inner), { code: 'ECONNREFUSED' }))
    expect(error.message).toMatch(/^It failed: refused ::1; refused 127\.0\.0\.1\. /)
  })

  test.each([
    new ApiError('no', { status: 400, code: 'x', call: { method: 'GET', url: '' } }),
    new DingTalkError('no'),
  ])('leaves an error of dingware as it is', error => {
    expect(networkErrorOf('It failed', error)).toBe(error)
  })

  test('keeps of the cause what is safe to print', () => {
    const cause = failure('ECONNRESET', 'reset while sending access_token=abcdef and s3cret-value')
    Object.assign(cause, { request: { headers: { authorization: 's3cret-value' } }, data: 's3cret-value' })
    const error = networkErrorOf('It failed', cause, ['s3cret-value'])
    expect(error.cause).toMatchObject({ name: 'Error', code: 'ECONNRESET', message: expect.stringContaining('reset') })
    for (const text of [
      inspect(error, { depth: 9, showHidden: true }),
      inspect(error.cause, { depth: 9 }),
      error.message,
    ]) {
      expect(text).not.toMatch(/s3cret-value|abcdef/)
    }
  })
})
