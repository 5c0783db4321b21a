import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import {
  type AnsweringServer,
  type PlatformAnswer,
  startAnswering,
  TOKEN_PATH,
} from '../../fixtures/answering-server.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { ApiCall } from './api-call.ts'

const SEND = { method: 'POST', path: '/v1.0/robot/groupMessages/send' } as const
const LOOK_UP = { method: 'POST', base: 'oapi', path: '/topapi/v2/user/get' } as const
const DENIED: PlatformAnswer = {
  status: 403,
  body: {
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
  },
}
const OK: PlatformAnswer = { body: { errcode: 0 } }

/** The token that does. Tokens are called `token-1`, `token-2`, … */
let granted: string
/** What the token API answers in place of a token. */
let noToken: PlatformAnswer | undefined
let server: AnsweringServer

beforeEach(async () => {
  granted = 'token-2'
  noToken = undefined
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
  server = await startAnswering((path, headers) => {
    if (path === TOKEN_PATH) return noToken
    return headers['x-acs-dingtalk-access-token'] === granted ? OK : DENIED
  })
})

afterEach(async () => {
  vi.useRealTimers()
  await server[Symbol.asyncDispose]()
})

function newBot(options: object = {}): Bot {
  const { url } = server
  const bot = createBot({
    clientId: 'ding1',
    clientSecret: 'a-secret',
    endpoint: url,
    oapiEndpoint: url,
    throttle: false,
    autoRetry: { base: 1, random: () => -1 },
    ...options,
  })
  onTestFinished(() => bot.stop({ timeout: 0 }))
  return bot
}

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'done',
    error => error.code,
  )

describe('a permission that was granted after the token was issued', () => {
  test.each([undefined, memoryStore()])('is there with a newer token, and the call is repeated once', async store => {
    const bot = newBot({ store })
    expect(await codeOf(bot.api.call(SEND))).toBe('done')
    expect(server.tokens).toBe(2)
    expect(server.paths).toHaveLength(2)
    await bot.api.call(SEND)
    expect(server.tokens).toBe(2)
  })

  test('is there for many calls at the same time, with one newer token', async () => {
    const bot = newBot()
    await Promise.all(Array.from({ length: 20 }, () => bot.api.call(SEND)))
    expect(server.tokens).toBe(2)
  })

  test('is asked for once a minute at most, however many calls lack it', async () => {
    granted = 'token-3'
    const bot = newBot()
    for (let calls = 0; calls < 5; calls++) expect(await codeOf(bot.api.call(SEND))).toMatch(/PermissionDenied/)
    expect(server.tokens).toBe(2)
    expect(server.paths).toHaveLength(6)
    vi.advanceTimersByTime(60_000)
    expect(await codeOf(bot.api.call(SEND))).toBe('done')
    expect(server.tokens).toBe(3)
  })

  test('is not there where no newer token comes: the refusal is told, and the token stays in use', async () => {
    const bot = newBot()
    await bot.api.accessToken()
    noToken = { status: 500, body: { code: 'server.error' } }
    expect(await codeOf(bot.api.call(SEND))).toMatch(/PermissionDenied/)
    expect(await bot.api.accessToken()).toBe('token-1')
  })

  test('of another instance is there with the token that this one has fetched meanwhile', async () => {
    const store = memoryStore()
    const [one, other] = [newBot({ store }), newBot({ store })]
    await one.api.accessToken()
    await other.api.accessToken()
    await one.api.call(SEND)
    await other.api.call(SEND)
    expect(server.tokens).toBe(2)
  })
})

test.each<[code: string, body: object]>([
  ['40014', { errcode: 88, sub_code: '40014', sub_msg: '不合法的access_token' }],
  ['42001', { errcode: 88, sub_code: 42001 }],
  ['60011', { errcode: 88, sub_code: '60011', sub_msg: '没有调用该接口的权限' }],
])('the old API says %s inside another code: one renewal, one repeat', async (code, body) => {
  const strict = await startAnswering(path => (path === TOKEN_PATH ? undefined : { body }))
  onTestFinished(() => strict[Symbol.asyncDispose]())
  const bot = newBot({ endpoint: strict.url, oapiEndpoint: strict.url })
  expect(await codeOf(bot.api.call(LOOK_UP))).toBe(code)
  expect(strict.tokens).toBe(2)
  expect(strict.paths).toHaveLength(2)
})

describe('a call for which there is no token', () => {
  test('was not made, so that it may be repeated, and its error does not say that it may have been done', async () => {
    noToken = { status: 503, body: '' }
    const error = await newBot()
      .api.call(SEND)
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'HTTP_503', message: expect.not.stringMatching(/may have been done/) })
    // A path of tokens is among them where it is answered otherwise.
    expect(server.paths).toEqual(Array.from({ length: 4 }, () => TOKEN_PATH))
  })

  test('is not made when the credential is wrong, and asks once', async () => {
    noToken = { status: 400, body: { code: 'invalidClientIdOrSecret', message: '无效的clientId或者clientSecret' } }
    const error = await newBot()
      .api.call(SEND)
      .catch((error: unknown) => error)
    expect(error).toMatchObject({
      code: 'invalidClientIdOrSecret',
      message: expect.stringMatching(/check clientId \(DINGTALK_CLIENT_ID\)/),
    })
    expect(server.paths).toHaveLength(1)
  })
})

test.each<ApiCall>([
  { method: 'POST', path: '/v1.0/oauth2/dingwrong/token' },
  { method: 'POST', path: '/v1.0/oauth2/dingwrong/token', idempotent: true },
])('a token for an organisation that does not exist is asked for twice, and explained: %j', async call => {
  const broken = await startAnswering(path =>
    path === TOKEN_PATH ? undefined : { status: 500, body: { code: 'unknownError', message: '未知错误' } },
  )
  onTestFinished(() => broken[Symbol.asyncDispose]())
  const bot = newBot({ endpoint: broken.url, oapiEndpoint: broken.url })
  const error = await bot.api.call(call).catch((error: unknown) => error)
  expect(error).toMatchObject({ message: expect.stringMatching(/No token came.*check the corpId in the path/) })
  expect(error).toMatchObject({ message: expect.not.stringMatching(/may have been done/) })
  expect(broken.paths).toHaveLength(2)
})

test('a token API that refuses with 401 is asked once: it is not the bot’s own token that it refuses', async () => {
  const strict = await startAnswering(path =>
    path === TOKEN_PATH ? undefined : { status: 401, body: { code: 'unauthorized.client' } },
  )
  onTestFinished(() => strict[Symbol.asyncDispose]())
  const bot = newBot({ endpoint: strict.url, oapiEndpoint: strict.url })
  const error = await bot.api
    .call({ method: 'POST', path: '/v1.0/oauth2/dingcorp/token' })
    .catch((error: unknown) => error)
  expect(error).toMatchObject({ code: 'unauthorized.client', message: expect.stringMatching(/not authorised the app/) })
  expect(strict.paths).toHaveLength(1)
  expect(strict.tokens).toBe(1)
})
