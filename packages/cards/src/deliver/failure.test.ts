import { ApiError, DingTalkError, NetworkError, TimeoutError } from '@dingware/core'
import { describe, expect, test } from 'vitest'
import { failureOf, isLasting, reasonOf } from './failure.ts'

const apiError = (status: number, code: string, requiredScopes: readonly string[] = []): ApiError =>
  new ApiError(`refused with ${code}.`, { status, code, requiredScopes, call: { method: 'PUT', url: 'x' } })

describe('a failed card call counts as', () => {
  test.each([
    ['throttled', apiError(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')],
    ['throttled', apiError(403, 'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi')],
    ['throttled', apiError(429, 'system.busy')],
    ['throttled', new DingTalkError('too many wait', { code: 'ERR_THROTTLE_FULL' })],
    ['temporary', apiError(500, 'system.busy')],
    ['temporary', apiError(502, 'HTTP_502')],
    ['temporary', new NetworkError('cut')],
    ['temporary', new TimeoutError('late')],
    ['permanent', apiError(500, 'unknownError')],
    ['permanent', apiError(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied')],
    ['permanent', apiError(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg')],
    ['permanent', apiError(400, 'param.contentUnsafe')],
    ['permanent', new Error('a mistake')],
  ])('%s: %s', (failure, error) => {
    expect(failureOf(error)).toBe(failure)
  })
})

test('permissions and templates are refused the next time too, what one card says is not', () => {
  expect(isLasting(apiError(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied'))).toBe(true)
  expect(isLasting(apiError(400, 'param.templateNotExist'))).toBe(true)
  expect(isLasting(apiError(400, 'param.contentUnsafe'))).toBe(false)
})

test('the reason names the missing permission', () => {
  expect(reasonOf(apiError(403, 'x', ['Card.Streaming.Write']))).toContain('Card.Streaming.Write')
})
