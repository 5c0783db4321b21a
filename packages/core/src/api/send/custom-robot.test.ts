import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { ApiError } from '@dingware/transport'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { evidenceOf } from '../../../fixtures/evidence.ts'
import { type Bot, createBot } from '../../bot/bot.ts'
import { signedAddress } from './custom-robot.ts'

const SECRET = 'SECthe-secret-of-the-robot'

let server: Server
let bot: Bot
let address: string
let calls: { readonly query: URLSearchParams; readonly body: unknown }[]
let answers: object[]

beforeEach(async () => {
  calls = []
  answers = []
  server = createServer((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      calls.push({ query: new URL(request.url ?? '', 'http://x').searchParams, body: JSON.parse(body) })
      response.end(JSON.stringify(answers.shift() ?? { errcode: '0', errmsg: 'ok' }))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  address = `${url}/robot/send?access_token=the-access-token`
  bot = createBot({ endpoint: url, oapiEndpoint: url })
})

afterEach(async () => {
  vi.useRealTimers()
  await bot.stop()
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

/** The signature as the page has it, of what came with a call. */
function expectedSign({ query }: { readonly query: URLSearchParams }): string {
  return createHmac('sha256', SECRET)
    .update(`${query.get('timestamp')}\n${SECRET}`)
    .digest('base64')
}

describe('a custom robot with a secret', () => {
  test('is called with a signature of that moment', async () => {
    const before = Date.now()
    const sent = await bot.api.send({ webhook: address, secret: SECRET }, 'hi')
    expect(sent.via).toBe('webhook')
    const [call] = calls
    if (!call) throw new Error('nothing came')
    expect(call.query.get('sign')).toBe(expectedSign(call))
    expect(call.query.get('access_token')).toBe('the-access-token')
    const timestamp = Number(call.query.get('timestamp'))
    expect(timestamp).toBeGreaterThanOrEqual(before)
    expect(timestamp).toBeLessThanOrEqual(Date.now())
  })

  test('is signed anew each time, also where a signature stands in the address', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_790_000_000_000 })
    const old = `${address}&timestamp=1&sign=old`
    await bot.api.send({ webhook: old, secret: SECRET }, 'one')
    vi.setSystemTime(1_790_000_100_000)
    await bot.api.send({ webhook: old, secret: SECRET }, 'two')
    expect(calls.map(({ query }) => query.getAll('timestamp'))).toEqual([['1790000000000'], ['1790000100000']])
    for (const call of calls) expect(call.query.getAll('sign')).toEqual([expectedSign(call)])
  })

  test('is signed anew for each try', async () => {
    const tries: string[] = []
    bot.api.use(async (call, next) => {
      tries.push(call.path)
      vi.setSystemTime(Date.now() + 1_000)
      await next()
      tries.push(call.path)
      return {}
    })
    vi.useFakeTimers({ toFake: ['Date'], now: 1_790_000_000_000 })
    await bot.api.send({ webhook: address, secret: SECRET }, 'one')
    expect(new Set(tries).size).toBe(2)
  })

  test('is not called with an empty one', async () => {
    const sent = bot.api.send({ webhook: address, secret: '' }, 'hi')
    await expect(sent).rejects.toThrow(/`secret` of the custom robot is empty/)
    expect(calls).toEqual([])
  })

  test('whose signature has signs that mean something in addresses keeps them', () => {
    for (let now = 1; now < 50; now++) {
      const sign = createHmac('sha256', SECRET).update(`${now}\n${SECRET}`).digest('base64')
      expect(signedAddress('https://oapi.dingtalk.com/robot/send?access_token=x', SECRET, now)).toBe(
        `https://oapi.dingtalk.com/robot/send?access_token=x&timestamp=${now}&sign=${encodeURIComponent(sign)}`,
      )
    }
  })
})

test('a custom robot without a secret is called as it is', async () => {
  await bot.api.send({ webhook: address }, 'hi')
  expect([...(calls[0]?.query.keys() ?? [])]).toEqual(['access_token'])
})

test('a custom robot mentions people as a reply does', async () => {
  const message = { msgtype: 'markdown', title: 't', text: '# a', at: ['u1'], atMobiles: ['13800000000'] } as const
  await bot.api.send({ webhook: address, secret: SECRET }, message)
  expect(calls[0]?.body).toEqual({
    msgtype: 'markdown',
    markdown: { title: 't', text: '# a\n\n@u1 @13800000000' },
    at: { atUserIds: ['u1'], atMobiles: ['13800000000'] },
  })
})

test.each([' \n\u00a0', '\u200b'])('a custom robot is not called for nothing: %j', async text => {
  await expect(bot.api.send({ webhook: address, secret: SECRET }, text)).rejects.toMatchObject({
    code: 'ERR_EMPTY_MESSAGE',
  })
  expect(calls).toEqual([])
})

describe('a refusal by the security settings names the one that failed', () => {
  const evidenced = evidenceOf('api').flatMap(({ name, answer }) => {
    const { body } = Object(answer)
    return name.startsWith('webhook-310000') ? [body.errmsg] : []
  })

  test.each<[errmsg: string, what: RegExp]>([
    ['keywords not in content, more: [https://ding-doc.dingtalk.com]', /failed: keyword/],
    [
      '错误描述:关键词不匹配;解决方案:请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词;',
      /failed: keyword/,
    ],
    ['description:关键字不匹配;solution:check the signature;', /failed: keyword/],
    ['sign not match, more: [https://ding-doc.dingtalk.com]', /failed: signature.*secret/],
    ['invalid timestamp, more: [https://ding-doc.dingtalk.com]', /failed: signature.*clock/],
    ['错误描述:机器人发送签名不匹配；解决方案:请确认机器人的密钥', /failed: signature/],
    ['错误描述:机器人发送签名过期；解决方案:签名生成时间和发送时间', /failed: signature/],
    ['ip 192.0.2.4 not in whitelist, more: [https://x]', /failed: address/],
    ['错误描述:来源IP不在白名单内;解决方案:请检查', /failed: address/],
    ['错误描述:IP地址不在白名单;解决方案:请查看关键词', /failed: address/],
    ['something else', /keyword .*signature .*address/],
  ])('%s', async (errmsg, what) => {
    answers = [{ errcode: 310000, errmsg }]
    const error: unknown = await bot.api.send({ webhook: address, secret: SECRET }, 'hi').catch(reason => reason)
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: '310000', message: expect.stringMatching(what) })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/the-secret|the-access-token|sign=/)
    expect(calls).toHaveLength(1)
  })

  test('in every form that was seen', async () => {
    expect(evidenced.length).toBeGreaterThan(1)
    for (const errmsg of evidenced) {
      answers = [{ errcode: 310000, errmsg }]
      await expect(bot.api.send({ webhook: address }, 'hi')).rejects.toThrow(/failed: (keyword|signature|address)/)
    }
  })

  test('other refusals stay as they are', async () => {
    answers = [{ errcode: 300005, errmsg: 'token is not exist' }]
    await expect(bot.api.send({ webhook: address }, 'hi')).rejects.toMatchObject({
      code: '300005',
      message: expect.not.stringMatching(/failed/),
    })
  })
})
