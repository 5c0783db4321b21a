import { ApiError } from '@dingware/transport'
import { expect, test } from 'vitest'
import { classify, type Failure } from './classify.ts'

const SEND = '/v1.0/robot/oToMessages/batchSend'

test.each<[status: number, code: string, failure: Failure]>([
  // By the second or the minute, of an app, an organisation, everybody
  [403, 'Forbidden.AccessDenied.QpsLimitForApi', 'throttled'],
  [403, 'Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi', 'throttled'],
  [200, '90001', 'throttled'],
  [200, '90006', 'throttled'],
  [200, '90018', 'throttled'],
  [200, '660026', 'throttled'],
  [400, 'send.byToken.tooFast', 'throttled'],
  [400, 'send.toofast', 'throttled'],
  [400, 'too.many.people', 'throttled'],
  [503, 'serviceBusy', 'throttled'],
  [500, 'service.busy', 'throttled'],
  [400, 'systemBusy', 'throttled'],
  [400, 'too.many.requests', 'throttled'],
  [400, 'TooManyRequests', 'throttled'],
  [400, 'flow.control', 'throttled'],
  [400, 'request_too_fast', 'throttled'],
  [400, 'service_busy', 'throttled'],
  // Used up, whatever the status
  [403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'final'],
  [429, 'daily.call.limit', 'final'],
  [503, 'integrated.qps.exceed', 'final'],
  [400, 'group.num.overlimit', 'final'],
  [400, 'ding.serverquota.insufficient', 'final'],
  [400, 'ding.receivercount.limit', 'final'],
  [200, '90020', 'final'],
  // Refused for what it says, whatever the status
  [500, 'param.contentUnsafe', 'final'],
  [400, 'contain.unsafe.url', 'final'],
  [400, 'contain.notAllowed.text', 'final'],
  [200, '430101', 'final'],
  [200, '430102', 'final'],
  [200, '430104', 'final'],
  // May have been done
  [200, '500100', 'unknown'],
  [200, '-1', 'unknown'],
  [503, 'system.busy', 'unknown'],
  [400, 'system.error', 'unknown'],
  [200, 'isv.timeout', 'unknown'],
  [500, 'unknownError', 'unknown'],
  [502, 'HTTP_502', 'unknown'],
  // A mistake
  [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', 'final'],
  [400, 'invalidParameter.userIds.overMax', 'final'],
  [200, '60121', 'final'],
  [200, '300001', 'final'],
])('%i %s is %s', (status, code, failure) => {
  const error = new ApiError('refused', { status, code, call: { method: 'POST', url: '/' } })
  expect(classify(error, { path: SEND })).toBe(failure)
})
