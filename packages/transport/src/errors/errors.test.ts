import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ApiError, DingTalkError, GatewayError, NetworkError, TimeoutError } from './errors.ts'

const secret = '5ecr37-0f-7h3-app'

/** Error as HTTP libraries throw it: with the whole request on it. */
function libraryError(): Error {
  return Object.assign(new Error(`GET https://oapi.dingtalk.com/gettoken?appkey=a&appsecret=${secret} failed`), {
    config: { url: `https://host/?access_token=${secret}`, headers: { 'x-acs-dingtalk-access-token': secret } },
    request: { body: JSON.stringify({ clientSecret: secret }) },
  })
}

const details = { status: 403, code: 'Forbidden', call: { method: 'GET', url: `https://host/path` } }
const classes: [string, () => DingTalkError][] = [
  ['DingTalkError', () => new DingTalkError('no', { code: 'ERR_X', cause: libraryError() })],
  ['NetworkError', () => new NetworkError('no', { code: 'ECONNRESET', cause: libraryError() })],
  ['TimeoutError', () => new TimeoutError('no', { code: 'ERR_TIMEOUT', cause: libraryError() })],
  ['GatewayError', () => new GatewayError('no', { code: 'authFailed', fatal: true, cause: libraryError() })],
  ['ApiError', () => new ApiError('no', { ...details, requestId: 'r1', cause: libraryError() })],
]

describe.each(classes)('%s', (name, create) => {
  test('shows no secret of its cause, at any depth, and keeps the cause for who asks', () => {
    const error = create()
    for (const value of [error, { error }, [[[error]]], new Error('outer', { cause: error })]) {
      for (const options of [{ depth: 9 }, { depth: 9, showHidden: true }, { depth: 0 }, { compact: true }]) {
        expect(inspect(value, options)).not.toContain(secret)
      }
      expect(JSON.stringify(value)).not.toContain(secret)
    }
    expect(`${error}${error.message}${error.stack}`).not.toContain(secret)
    expect(error.cause).toMatchObject({ config: { url: expect.stringContaining(secret) } })
  })

  test('says what it is: by name, code, class, and marker', () => {
    const error = create()
    expect(error.name).toBe(name)
    expect(error).toBeInstanceOf(DingTalkError)
    expect(error).toBeInstanceOf(Error)
    expect(DingTalkError.isInstance(error)).toBe(true)
    expect(inspect(error)).toMatch(new RegExp(`^${name}: no\\n +at `))
    expect(inspect(error)).toContain(`code: '${error.code}'`)
    expect(inspect(error)).toContain('appsecret=***')
  })

  test('becomes JSON with name, message and fields, without cause and stack', () => {
    const json = JSON.parse(JSON.stringify(create()))
    expect(json).toMatchObject({ name, message: 'no', code: create().code })
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['cause']))
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(['stack']))
  })
})

test('an error of another installed copy is recognised, other things are not', () => {
  const foreign = Object.assign(new Error('no'), { [Symbol.for('dingware.error')]: true })
  expect(DingTalkError.isInstance(foreign)).toBe(true)
  for (const value of [new Error('no'), null, undefined, 'no', {}]) expect(DingTalkError.isInstance(value)).toBe(false)
})

test('a timeout is a failure of the network', () => {
  expect(new TimeoutError('late')).toBeInstanceOf(NetworkError)
})

test('the call of an ApiError can be read, and does not print', () => {
  const error = new ApiError('no', { ...details, requiredScopes: ['Card.Write'], retryAfter: 1_000 })
  expect(error.call).toEqual({ method: 'GET', url: 'https://host/path' })
  expect(inspect(error)).not.toContain('https://host/path')
  expect(error).toMatchObject({ status: 403, requiredScopes: ['Card.Write'], retryAfter: 1_000, requestId: undefined })
  expect(new ApiError('no', details).requiredScopes).toEqual([])
})
