import { expect, test } from 'vitest'
import { autoRetry } from '../api/steps/auto-retry.ts'
import { throttle } from '../api/steps/throttle.ts'
import { conversations } from '../middleware/conversation/conversations.ts'
import { inbox } from '../middleware/inbox/inbox.ts'
import { rateLimit } from '../middleware/rate-limit/rate-limit.ts'
import { sequentialize } from '../middleware/sequentialize/sequentialize.ts'
import { session } from '../middleware/session/session.ts'
import { memoryStore } from '../store/memory-store.ts'
import { createBot } from './bot.ts'

/** As from JavaScript, where no compiler looks. */
const create: (...args: readonly unknown[]) => unknown = createBot as never
const asFromJs = (factory: unknown, options: object): unknown => (factory as (options: object) => unknown)(options)

test.each([
  [{ concurrency: Number(undefined) }, '`concurrency` is NaN, but it has to be a whole number, at least 1'],
  [{ concurrency: 'x' }, '`concurrency` is "x"'],
  [{ maxWaiting: -1 }, '`maxWaiting` is -1'],
  [{ rotateAfter: Number.NaN }, '`rotateAfter` is NaN'],
  [{ ack: { chatbot: 'soon' } }, '`ack.chatbot` is "soon", but it has to be "early" or "late"'],
  [{ dedupe: { ttlMs: '1h' } }, '`dedupe.ttlMs` is "1h"'],
  [{ throttle: { perSecond: Number.NaN } }, '`throttle.perSecond` is NaN'],
  [{ autoRetry: true }, '`autoRetry` is true'],
  [{ store: new Map() }, '`store` is an object, but it has to be an object with the methods get, set, add'],
  [{ trustedHosts: 'files.corp.example' }, '`trustedHosts` is "files.corp.example", but it has to be a list of texts'],
])('createBot(%j) is refused', (options, message) => {
  expect(() => create(options)).toThrow(TypeError)
  expect(() => create(options)).toThrow(`createBot(): ${message}`)
})

test.each(['https://ding.corp.example', 'ding.corp.example/robot', 'me@ding.corp.example', ''])(
  'createBot({ trustedHosts: [%j] }) is refused, because it is no host',
  host => {
    expect(() => create({ trustedHosts: [host] })).toThrow(TypeError)
    expect(() => create({ trustedHosts: [host] })).toThrow('write "ding.corp.example"')
  },
)

test.each([
  [{ clientID: 'x' }, '`clientId`'],
  [{ clientsecret: 'x' }, '`clientSecret`'],
  [{ topic: ['x'] }, '`topics`'],
  [{ ack: { chatBot: 'late' } }, '`ack.chatbot`'],
])('of createBot(%j) the option that was meant is named', (options, meant) => {
  expect(() => create(options)).toThrow(TypeError)
  expect(() => create(options)).toThrow(`You mean ${meant}.`)
})

test('a credential that is not given as options is no credential, and not shown', () => {
  expect(() => create('ding1', 'a-secret')).toThrow('createBot() takes one object of options, not a string.')
})

test('options of other programs are nobody’s business, and undefined is the default', () => {
  expect(() => create({ verbose: true, concurrency: undefined, logger: undefined })).not.toThrow()
})

test.each([
  [sequentialize, { maxWaiting: Number.NaN }],
  [sequentialize, { strategy: 'fifo' }],
  [rateLimit, { limit: Number.NaN }],
  [rateLimit, { window: '1m' }],
  [session, { initial: () => 0, ttlMs: Number.NaN }],
  [session, {}],
  [conversations, { cancel: 'stop' }],
  [inbox, { maxRuns: Number.NaN }],
  [inbox, { keepTimeout: '1s' }],
  [inbox, { patience: '1s' }],
  [memoryStore, { max: Number.NaN }],
  [autoRetry, { maxRetries: Number.NaN }],
  [throttle, { burst: Number.NaN }],
])('%o refuses %j', (factory, options) => {
  expect(() => asFromJs(factory, options)).toThrow(TypeError)
  expect(() => asFromJs(factory, options)).toThrow('but it has to be')
})
