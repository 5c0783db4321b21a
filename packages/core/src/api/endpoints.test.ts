import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startAnswering } from '../../fixtures/answering-server.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import type { BotOptions } from '../bot/options.ts'
import { endpointFor, endpointsOf } from './endpoints.ts'

const CREDENTIAL = { clientId: 'ding1', clientSecret: 'a-secret-4711' } as const

function newBot(options: BotOptions): Bot {
  const bot = createBot({ ...CREDENTIAL, throttle: false, autoRetry: false, ...options }).on('chatbot', () => {})
  onTestFinished(() => bot.stop({ timeout: 0 }))
  return bot
}

describe('one private address alone', () => {
  test.each([
    'https://ding.corp.example',
    'https://ding.corp.example/',
    'http://10.0.0.7:8080/dingtalk',
    'https://openplatform-pro.dg-work.example',
    'https://api.dingtalk.com.corp.example',
    'https://dingtalk.com',
  ])('%s does not start, and says what is missing', async endpoint => {
    const error = await newBot({ endpoint })
      .start()
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ name: 'GatewayError', code: 'ERR_ENDPOINT' })
    expect(String(error)).toMatch(/`oapiEndpoint` \(DINGTALK_OAPI_ENDPOINT\) is not set.*Set `oapiEndpoint` as well/)
    expect(String(error)).not.toContain('a-secret-4711')
  })

  test('given by the environment does not start either', async () => {
    vi.stubEnv('DINGTALK_OPENAPI_ENDPOINT', 'https://ding.corp.example')
    onTestFinished(() => void vi.unstubAllEnvs())
    await expect(newBot({}).start()).rejects.toThrow(/`oapiEndpoint` .* is not set/)
  })

  test('of the old API does not start either, for the credential would go to the public host', async () => {
    const bot = newBot({ oapiEndpoint: 'https://ding.corp.example' })
    await expect(bot.start()).rejects.toThrow(/`endpoint` \(DINGTALK_OPENAPI_ENDPOINT\) is not set/)
    await expect(bot.api.accessToken()).rejects.toMatchObject({ code: 'ERR_ENDPOINT' })
  })

  test('serves calls that go there, and makes none that would not', async () => {
    await using server = await startAnswering(path => (path === '/v1.0/x' ? { body: { ok: true } } : undefined))
    const bot = newBot({ endpoint: server.url })
    expect(await bot.api.call({ method: 'GET', path: '/v1.0/x' })).toEqual({ ok: true })
    const old = bot.api.call({ method: 'POST', base: 'oapi', path: '/topapi/v2/user/get' })
    await expect(old).rejects.toMatchObject({ code: 'ERR_ENDPOINT' })
    const upload = bot.api.upload(Buffer.from('%PDF-1.4\n'), { fileName: 'a.pdf' })
    await expect(upload).rejects.toMatchObject({ code: 'ERR_ENDPOINT' })
    expect(server.paths).toEqual(['/v1.0/x'])
  })
})

describe('the endpoints', () => {
  const PUBLIC = { endpoint: 'https://api.dingtalk.com', oapiEndpoint: 'https://oapi.dingtalk.com' }
  const OVERSEAS = { endpoint: 'https://api.dingtalk.io', oapiEndpoint: 'https://oapi.dingtalk.io' }
  const own = 'https://ding.corp.example'

  test.each<[given: Parameters<typeof endpointsOf>[0], expected: object]>([
    [{}, PUBLIC],
    [{ endpoint: 'https://api.dingtalk.com/' }, PUBLIC],
    [{ oapiEndpoint: 'https://oapi.dingtalk.com' }, PUBLIC],
    [{ endpoint: 'https://pre-api.dingtalk.com' }, { ...PUBLIC, endpoint: 'https://pre-api.dingtalk.com' }],
    [{ endpoint: 'https://api.dingtalk.io' }, OVERSEAS],
    [{ oapiEndpoint: 'https://oapi.dingtalk.io/' }, OVERSEAS],
    [
      { endpoint: own, oapiEndpoint: `${own}/` },
      { endpoint: own, oapiEndpoint: own },
    ],
    // Whoever names both means both.
    [
      { endpoint: own, oapiEndpoint: PUBLIC.oapiEndpoint },
      { endpoint: own, oapiEndpoint: PUBLIC.oapiEndpoint },
    ],
    [{ endpoint: own }, { endpoint: own, oapiEndpoint: undefined }],
  ])('%j are %j', (given, expected) => {
    expect(endpointsOf(given)).toEqual(expected)
  })

  test('come from the environment where the options say nothing', () => {
    vi.stubEnv('DINGTALK_OAPI_ENDPOINT', own)
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(endpointsOf({ endpoint: own })).toEqual({ endpoint: own, oapiEndpoint: own })
  })
})

test('an endpoint may have blanks around it, but no query, and its password is not told', () => {
  expect(endpointsOf({ endpoint: ' https://api.dingtalk.com/ \n' }).endpoint).toBe('https://api.dingtalk.com')
  vi.stubEnv('DINGTALK_OPENAPI_ENDPOINT', '  ')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(endpointsOf({}).endpoint).toBe('https://api.dingtalk.com')
  expect(() => endpointsOf({ endpoint: 'https://a:s3cret@e.example/?x=1' })).toThrow(
    '"https://e.example/?x=1" is no http(s) address',
  )
  const endpoints = endpointsOf({ endpoint: 'https://a:s3cret@ding.corp.example' })
  expect(() => endpointFor(endpoints, 'oapi')).toThrow('`endpoint` is https://ding.corp.example, and')
})
