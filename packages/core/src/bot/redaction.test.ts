import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { inspect } from 'node:util'
import * as v from 'valibot'
import { afterEach, describe, expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { definePlugin, type PluginHost } from '../composer/plugin/plugin.ts'
import { ApiError, BotError, type Context, DingTalkError, GatewayError, NetworkError, TimeoutError } from '../index.ts'
import { callbackOf, readClick } from '../updates/callback/callback.ts'
import { parseMessage } from '../updates/message/message.ts'
import { type Quoted, quotedOf } from '../updates/message/quoted.ts'
import { parseDynamicDataRequest } from '../updates/request/dynamic-data.ts'
import { parseGraphRequest } from '../updates/request/graph.ts'
import { type Bot, createBot } from './bot.ts'

const SECRETS = ['client-secret-4711', 'access-token-4711', 'session-4711', 'ticket-4711', 'signature-4711']
const WEBHOOK = 'https://oapi.dingtalk.com/robot/sendBySession?session=session-4711'

function quoteOf(raw: unknown): Quoted {
  return quotedOf(parseMessage(raw)) ?? expect.fail('there is no quote')
}

/** Everything that a log or a console would show of a value. */
function shown(value: unknown): string {
  const parts = [
    inspect(value, { depth: 9 }),
    inspect(value, { depth: 9, getters: true }),
    inspect({ in: [value] }, { depth: 9 }),
    JSON.stringify(value) ?? '',
    JSON.stringify({ in: [value] }),
    String(value),
    ...(value instanceof Error
      ? [value.message, value.stack ?? '', inspect(new Error('outer', { cause: value }))]
      : []),
  ]
  return parts.join('\n')
}

function expectNoSecrets(value: unknown): void {
  const text = shown(value)
  for (const secret of SECRETS) expect(text).not.toContain(secret)
}

let server: Server | undefined
const bots: Bot[] = []

afterEach(async () => {
  await Promise.all(bots.splice(0).map(bot => bot.stop({ timeout: 0 })))
  server?.closeAllConnections()
  server?.close()
})

let url = ''

/** A bot whose platform is the listener, at `url`. */
async function against(listener: RequestListener): Promise<Bot> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The server has no port.')
  url = `http://127.0.0.1:${address.port}`
  const options = { clientId: 'id', clientSecret: 'client-secret-4711', endpoint: url, oapiEndpoint: url }
  const bot = createBot({ ...options, logger: recordingLogger(), autoRetry: false })
  bots.push(bot)
  return bot
}

/** A platform that gives out tokens, and whose other answers repeat all that they were sent. */
const parrot: RequestListener = async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  response.setHeader('content-type', 'application/json')
  if (request.url?.endsWith('/accessToken')) {
    response.end(JSON.stringify({ accessToken: 'access-token-4711', expireIn: 7200 }))
    return
  }
  response.statusCode = 400
  const said = `${request.url} ${JSON.stringify(request.headers)} ${body}`
  response.end(JSON.stringify({ code: 'authFailed', message: said, requestid: 'r1' }))
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.fail('it did not fail'),
    (error: unknown) => error,
  )

describe('errors as they happen hold no secrets', () => {
  test.each([
    ['of the OpenAPI', { method: 'POST', path: '/v1.0/x', body: { clientSecret: 'client-secret-4711' } }],
    ['of the old API', { method: 'POST', path: '/x', base: 'oapi', body: {} }],
  ] as const)('ApiError %s, also when the platform repeats what it was sent', async (_which, call) => {
    const bot = await against(parrot)
    const error = await failureOf(bot.api.call(call))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ code: 'authFailed', requestId: 'r1' })
    expectNoSecrets(error)
  })

  test('ApiError of a session webhook', async () => {
    const bot = await against(parrot)
    const path = `${url}/robot/sendBySession?session=session-4711`
    const error = await failureOf(bot.api.call({ method: 'POST', base: 'webhook', path, body: {} }))
    expect(error).toBeInstanceOf(ApiError)
    expectNoSecrets(error)
  })

  test('ApiError of an answer in an unexpected form', async () => {
    const bot = await against((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ accessToken: 'access-token-4711', expireIn: 7200, ticket: 'ticket-4711' }))
    })
    const path = `${url}/robot/sendBySession?session=session-4711`
    const schema = v.object({ accessToken: v.number(), ticket: v.literal('another') })
    const error = await failureOf(bot.api.call({ method: 'POST', base: 'webhook', path, body: {} }, schema))
    expect(error).toMatchObject({
      code: 'ERR_API_ANSWER',
      message: expect.stringContaining('accessToken is not number'),
    })
    expectNoSecrets(error)
  })

  test('ApiError of a token that is not there', async () => {
    const bot = await against((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: 'access-token-4711' }))
    })
    const error = await failureOf(bot.api.accessToken())
    expect(error).toBeInstanceOf(ApiError)
    expectNoSecrets(error)
  })

  test('NetworkError', async () => {
    const bot = await against((request, response) => {
      if (request.url?.endsWith('/accessToken')) return parrot(request, response)
      request.destroy()
    })
    const error = await failureOf(bot.api.call({ method: 'POST', path: '/x', base: 'oapi' }))
    expect(error).toBeInstanceOf(NetworkError)
    expectNoSecrets(error)
  })

  test('TimeoutError', async () => {
    const bot = await against((request, response) => {
      if (request.url?.endsWith('/accessToken')) return parrot(request, response)
    })
    const error = await failureOf(bot.api.call({ method: 'POST', path: '/x', base: 'oapi', timeout: 50 }))
    expect(error).toBeInstanceOf(TimeoutError)
    expectNoSecrets(error)
  })

  test('GatewayError', async () => {
    const bot = await against(parrot)
    const error = await failureOf(bot.start())
    expect(error).toBeInstanceOf(GatewayError)
    expectNoSecrets(error)
  })

  test('BotError, whatever its handler threw', async () => {
    const library = Object.assign(new Error(`POST ${WEBHOOK} failed`), {
      config: {
        url: WEBHOOK,
        headers: { authorization: 'access-token-4711' },
        data: 'client_secret=client-secret-4711',
      },
    })
    const causes = [library, WEBHOOK, { token: 'access-token-4711' }, new Error('outer', { cause: library })]
    for (const cause of causes) {
      const caught: BotError[] = []
      const bot = createBot().catch(error => void caught.push(error))
      bot.use(() => Promise.reject(cause))
      await bot.handle(message({ sessionWebhook: WEBHOOK }))
      expect(caught).toHaveLength(1)
      expectNoSecrets(caught[0])
      expect(caught[0]?.cause).toBe(cause)
      expect(caught[0]?.ctx.message?.sessionWebhook).toBe(WEBHOOK)
    }
  })
})

test('an error of any class prints neither its cause nor what it belongs to', () => {
  const cause = Object.assign(new Error('x'), { config: { headers: { token: 'access-token-4711' } } })
  const call = { method: 'GET', url: 'https://h/p?signature=signature-4711' }
  const ctx: Pick<Context, 'update'> = { update: message({ sessionWebhook: WEBHOOK }) }
  const errors = [
    new DingTalkError('m', { cause }),
    new ApiError('m', { status: 400, code: 'c', call, cause }),
    new NetworkError('m', { cause }),
    new TimeoutError('m', { cause }),
    new GatewayError('m', { cause }),
    new BotError(cause, ctx as Context),
  ]
  for (const error of errors) {
    expectNoSecrets(error)
    expect(DingTalkError.isInstance(error)).toBe(true)
    expect(error.name).toBe(error.constructor.name)
  }
})

describe('what handlers hold prints without secrets', () => {
  test('context, update and message', async () => {
    const bot = createBot()
    let isHandled = false
    bot.on('chatbot', ctx => {
      expectNoSecrets(ctx)
      expectNoSecrets(ctx.update)
      expectNoSecrets(ctx.message)
      expect(JSON.parse(JSON.stringify(ctx.message))).toMatchObject({ sessionWebhook: '***', senderNick: 'Alice' })
      expect(inspect(ctx)).toContain('Alice')
      isHandled = true
    })
    await bot.handle(message({ sessionWebhook: WEBHOOK }))
    expect(isHandled).toBe(true)
  })

  test('only `raw` is complete', async () => {
    const bot = createBot()
    const update = message({ sessionWebhook: WEBHOOK })
    const raws: unknown[] = []
    bot.on('chatbot', ctx => void raws.push(ctx.message.raw, ctx.update.raw))
    await bot.handle(update)
    expect(raws).toEqual([update.raw, update.raw])
    expect(JSON.stringify(raws)).toContain('session-4711')
  })

  test.each([
    ['a quote', quoteOf],
    ['a click', (raw: unknown) => callbackOf(readClick(raw))],
    ['a graph call', parseGraphRequest],
    ['a request for dynamic data', parseDynamicDataRequest],
  ])('%s', (_what, read) => {
    const payload = {
      ...{ sessionWebhook: WEBHOOK, conversationToken: 'access-token-4711', body: `ticket=ticket-4711` },
      text: { repliedMsg: { sessionWebhook: WEBHOOK, content: { signature: 'signature-4711', rest: 'kept' } } },
    }
    const found = read(payload)
    expect(JSON.stringify({ in: [found] })).toContain('kept')
    for (const secret of SECRETS) expect(JSON.stringify({ in: [found] })).not.toContain(secret)
    expect(JSON.stringify(found.raw)).toContain('session-4711')
  })

  test('bot and api, while they hold a token', async () => {
    const bot = await against(parrot)
    expect(await bot.api.accessToken()).toBe('access-token-4711')
    expectNoSecrets(bot)
    expectNoSecrets(bot.api)
    expectNoSecrets(bot.stats())
  })
})

test('nothing that is logged holds secrets: through ctx.log, a logger of a plugin, or what was thrown', async () => {
  const logger = recordingLogger()
  const bot = createBot({ logger })
  const hosts: PluginHost<object>[] = []
  bot.use(definePlugin({ name: 'nosy', install: host => void hosts.push(host) }))
  bot.use(ctx => {
    for (const log of [ctx.log, ...hosts.map(host => host.logger)]) {
      const { message, update, callback } = ctx
      const fields = { ctx, message, callback, raw: update.raw, deep: [{ raw: update.raw }], text: WEBHOOK }
      for (const tell of [log.debug, log.info, log.warn, log.error]) tell(`see ${WEBHOOK}`, fields)
    }
  })
  await bot.handle(message({ sessionWebhook: WEBHOOK }))
  expect(logger.lines).toHaveLength(8)
  expectNoSecrets(logger.lines)
})

test('a log line of an error that nobody caught holds no secrets', async () => {
  const logger = recordingLogger()
  const bot = createBot({ logger })
  bot.use(ctx => Promise.reject(new Error(`cannot post to ${ctx.message?.sessionWebhook}`)))
  await bot.handle(message({ sessionWebhook: WEBHOOK }))
  expect(logger.complaints).toHaveLength(1)
  expectNoSecrets(logger.complaints)
})
