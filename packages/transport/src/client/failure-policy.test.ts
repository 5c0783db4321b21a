import { expect, test } from 'vitest'
import { GatewayError, NetworkError } from '../errors/errors.ts'
import { recordingLogger } from '../testing/recording-logger.ts'
import { createFailurePolicy } from './failure-policy.ts'

const refused = new GatewayError('no', { code: 'authFailed', fatal: true })
const systemError = new GatewayError('what?', { code: 'systemError' })
const network = new NetworkError('no way', { code: 'ECONNREFUSED' })

test('before the first connection a refusal is fatal, and so is a mistake in the options', () => {
  const policy = createFailurePolicy(recordingLogger(), 30_000)
  expect(policy.failed(refused, 5)).toEqual({ fatal: refused })
  const mistake = new TypeError('Invalid URL')
  expect(policy.failed(mistake, 5)).toEqual({ fatal: mistake })
})

test('the third systemError in a row is fatal, with another failure in between it is not', () => {
  const policy = createFailurePolicy(recordingLogger(), 30_000)
  for (let i = 0; i < 5; i++) {
    expect(policy.failed(systemError, 5)).toEqual({ delay: 5 })
    expect(policy.failed(systemError, 6)).toEqual({ delay: 6 })
    expect(policy.failed(new GatewayError('busy', { code: 'HTTP_503' }), 7)).toEqual({ delay: 7 })
  }
  policy.failed(systemError, 5)
  policy.failed(systemError, 5)
  expect(policy.failed(systemError, 5)).toEqual({ fatal: systemError })
})

test('a network that fails is waited for, as long as the backoff says', () => {
  const log = recordingLogger()
  const policy = createFailurePolicy(log, 30_000)
  expect(policy.failed(network, 1_234.5)).toEqual({ delay: 1_234.5 })
  expect(log.entries).toEqual([
    { level: 'warn', message: 'A connection attempt failed. no way', fields: { retryInMs: 1_235 } },
  ])
})

test('once online nothing is fatal: a refusal is tried again after 30 s, up to 5 min, each with an error line', () => {
  const log = recordingLogger()
  const policy = createFailurePolicy(log, 30_000)
  policy.succeeded()
  const delays = Array.from({ length: 6 }, () => policy.failed(refused, 5))
  expect(delays.map(decision => 'delay' in decision && decision.delay / 1_000)).toEqual([30, 60, 120, 240, 300, 300])
  expect(log.entries.every(({ level }) => level === 'error')).toBe(true)
  for (let i = 0; i < 5; i++) expect(policy.failed(systemError, 5)).toEqual({ delay: 5 })
  policy.succeeded()
  expect(policy.failed(refused, 5)).toEqual({ delay: 30_000 })
})

test('the gateway may ask for a longer wait, but not for one without end', () => {
  const policy = createFailurePolicy(recordingLogger(), 30_000)
  const busy = (retryAfter: number) => new GatewayError('busy', { code: 'HTTP_503', retryAfter })
  expect(policy.failed(busy(7_000), 5)).toEqual({ delay: 7_000 })
  expect(policy.failed(busy(1), 5)).toEqual({ delay: 5 })
  expect(policy.failed(busy(10 ** 12), 5)).toEqual({ delay: 300_000 })
})
