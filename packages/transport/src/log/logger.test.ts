import createDebug from 'debug'
import { afterEach, expect, test, vi } from 'vitest'
import { createLogger } from './logger.ts'

afterEach(() => {
  createDebug.disable()
})

function captureStderr(): () => string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  return () => write.mock.calls.map(([text]) => String(text)).join('')
}

test('warnings and errors go to stderr without any setting, with their fields', () => {
  const output = captureStderr()
  const logger = createLogger('transport')
  logger.warn('Something is odd.', { retryInMs: 5, detail: 'why so', missing: undefined, list: [1] })
  logger.error('Something broke.')
  expect(output()).toMatch(
    /^\d{4}-.*Z dingware:transport WARN Something is odd\. retryInMs=5 detail=why so list=\[1\]\n.* ERROR Something broke\.\n$/,
  )
})

test('the frames of a stack stand below the line', () => {
  const output = captureStderr()
  createLogger('core').error('Something threw.', { kind: 'chatbot', stack: '    at one\n    at two' })
  expect(output()).toMatch(/ERROR Something threw\. kind=chatbot\n {4}at one\n {4}at two\n$/)
})

test('secrets are masked in the message and in the fields, at any depth, also in the debug namespace', () => {
  const output = captureStderr()
  createDebug.enable('dingware:*')
  const logger = createLogger('core')
  const secret = 'https://h/?session=5ecr37'
  for (const log of [logger.error, logger.debug]) {
    log(`at ${secret}`, { secret, text: secret, message: { raw: [{ sessionWebhook: secret }] }, big: 1n })
  }
  expect(output()).toContain('at https://h/?session=*** secret=*** text=https://h/?session=*** message={')
  expect(output()).not.toContain('5ecr37')
})

test('the rest is silent, and is heard in the debug namespace when that is on', () => {
  const output = captureStderr()
  createLogger('transport').info('hello')
  expect(output()).toBe('')
  createDebug.enable('dingware:*')
  const logger = createLogger('transport')
  logger.info('hello %s', { a: 1 })
  logger.debug('world')
  expect(output()).toMatch(/dingware:transport.*hello %s a=1/)
  expect(output()).toMatch(/dingware:transport.*world/)
})
