import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { TOPICS } from '../../updates/update.ts'
import { createBot } from '../bot.ts'
import { webhook } from './webhook.ts'

const SECRET = 'the-app-secret'
const message = {
  msgId: 'm1',
  msgtype: 'text',
  text: { content: 'hi' },
  conversationId: 'cid',
  conversationType: '1',
  senderId: 's',
}

afterEach(() => {
  vi.useRealTimers()
})

interface Signed {
  readonly at?: number
  readonly secret?: string
  readonly body?: string
  readonly sign?: string
}

function signedRequest({
  at = Date.now(),
  secret = SECRET,
  body = JSON.stringify(message),
  sign,
}: Signed = {}): Request {
  const hmac = createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64')
  return new Request('https://bot.example/dingtalk', {
    method: 'POST',
    headers: { timestamp: String(at), sign: sign ?? hmac },
    body,
  })
}

describe('a signed request', () => {
  test('reaches the handlers, and is answered when they have ended', async () => {
    const heard: string[] = []
    const bot = createBot().on('chatbot:text', async ctx => void heard.push(ctx.text))
    const response = await webhook(bot, { clientSecret: SECRET })(signedRequest())
    expect(response.status).toBe(200)
    expect(heard).toEqual(['hi'])
  })

  test('that comes twice is handled once', async () => {
    const heard: string[] = []
    const bot = createBot().on('chatbot:text', async ctx => void heard.push(ctx.text))
    const handler = webhook(bot, { clientSecret: SECRET })
    await handler(signedRequest())
    await handler(signedRequest())
    expect(heard).toHaveLength(1)
  })

  test('with a slow handler is answered before the platform loses patience', async () => {
    vi.useFakeTimers()
    const end = new AbortController()
    const bot = createBot().on('chatbot', () => once(end.signal, 'abort'))
    const response = webhook(bot, { clientSecret: SECRET })(signedRequest())
    await vi.advanceTimersByTimeAsync(2_400)
    expect((await response).status).toBe(200)
    end.abort()
  })

  test('is answered at once where the host keeps the function awake', async () => {
    const end = new AbortController()
    const tasks: Promise<unknown>[] = []
    const bot = createBot().on('chatbot', () => once(end.signal, 'abort'))
    const handler = webhook(bot, { clientSecret: SECRET })
    expect((await handler(signedRequest(), { waitUntil: task => void tasks.push(task) })).status).toBe(200)
    end.abort()
    await Promise.all(tasks)
  })

  test('whose body is no JSON is handled as an unknown message', async () => {
    const types: unknown[] = []
    const bot = createBot().on('chatbot', async ctx => void types.push(ctx.message?.msgtype))
    expect((await webhook(bot, { clientSecret: SECRET })(signedRequest({ body: 'no json' }))).status).toBe(200)
    expect(types).toEqual(['unknown'])
  })
})

describe('a custom robot of a group', () => {
  const token = 'the-token-of-the-robot'
  const outgoing = { ...message, robotCode: 'normal' }
  const pushed = (given: string): Request =>
    new Request('https://bot.example', { method: 'POST', headers: { token: given }, body: JSON.stringify(outgoing) })

  test('is let in by its token, and acts as the robot of the bot', async () => {
    const codes: string[] = []
    const bot = createBot({ clientId: 'dingbot', clientSecret: SECRET }).on(
      'chatbot',
      ctx => void codes.push(ctx.robotCode),
    )
    expect((await webhook(bot, { token })(pushed(token))).status).toBe(200)
    expect(codes).toEqual(['dingbot'])
  })

  test.each(['', 'another', `${token} `.repeat(2)])('is refused with another one: %j', async given => {
    expect((await webhook(createBot(), { token })(pushed(given))).status).toBe(403)
  })

  test('and the robot of an app may share an address', async () => {
    const handler = webhook(createBot(), { token, clientSecret: SECRET })
    expect((await handler(pushed(token))).status).toBe(200)
    expect((await handler(signedRequest())).status).toBe(200)
    expect((await handler(pushed('another'))).status).toBe(403)
    expect((await handler(signedRequest({ secret: 'another' }))).status).toBe(403)
  })

  test('lets nobody in by a signature where no secret was given', async () => {
    expect((await webhook(createBot(), { token })(signedRequest())).status).toBe(403)
    expect((await webhook(createBot(), { token, clientSecret: '' })(signedRequest({ secret: '' }))).status).toBe(403)
  })
})

describe('a request is refused', () => {
  const handler = webhook(createBot(), { clientSecret: SECRET, maxBody: 1_000 })
  const hour = 3_600_000

  test.each([
    ['signed with another secret', signedRequest({ secret: 'another' }), 403],
    ['signed more than an hour ago', signedRequest({ at: Date.now() - hour - 5_000 }), 403],
    ['signed more than an hour from now', signedRequest({ at: Date.now() + hour + 5_000 }), 403],
    ['with a signature that is too short', signedRequest({ sign: 'abc' }), 403],
    ['without a signature', new Request('https://bot.example', { method: 'POST', body: '{}' }), 403],
    ['by GET', new Request('https://bot.example'), 405],
    ['with a body that is too large', signedRequest({ body: 'x'.repeat(1_001) }), 413],
  ])('%s', async (_name, request, status) => {
    expect((await handler(request)).status).toBe(status)
  })
})

describe('another topic', () => {
  test('needs a check of its own', () => {
    expect(() => webhook(createBot(), { topic: TOPICS.card })).toThrow(/needs `verify`/)
  })

  test('is answered with what the handler responds, bare', async () => {
    const bot = createBot().on('card', ctx => ctx.respond({ cardData: { cardParamMap: { status: 'done' } } }))
    const handler = webhook(bot, { topic: TOPICS.card, verify: request => request.headers.get('x-key') === 'k' })
    const click = { type: 'actionCallback', outTrackId: 'o', userId: 'u', content: '{}' }
    const request = (key: string): Request =>
      new Request('https://bot.example', { method: 'POST', headers: { 'x-key': key }, body: JSON.stringify(click) })
    expect(await (await handler(request('k'))).json()).toEqual({ cardData: { cardParamMap: { status: 'done' } } })
    expect((await handler(request('wrong'))).status).toBe(403)
  })
})
