import { createSimulator, type Simulator } from '@dingware/simulator'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { describeWithRedis, type RedisServer, startRedis } from '../../../../tests/support/redis.ts'
import { message } from '../../fixtures/messages.ts'
import { type RecordingLogger, recordingLogger } from '../../fixtures/recording-logger.ts'
import { type Bot, createBot } from '../bot/bot.ts'
import type { BotOptions } from '../bot/options.ts'
import { rateLimit } from '../middleware/rate-limit/rate-limit.ts'
import { testBot } from '../testing/index.ts'
import { redisStore } from './redis-store.ts'

describeWithRedis('what the processes of a bot have in common through Redis', () => {
  let sim: Simulator
  let server: RedisServer
  let logger: RecordingLogger
  const clients: Redis[] = []
  const bots: Bot[] = []

  beforeEach(async () => {
    ;[sim, server] = await Promise.all([createSimulator(), startRedis()])
    logger = recordingLogger()
  })

  afterEach(async () => {
    await Promise.all(bots.splice(0).map(bot => bot.stop({ timeout: 0 })))
    for (const client of clients.splice(0)) client.disconnect()
    await Promise.all([sim.close(), server.close()])
  })

  /** A bot with a connection of its own, as in another process. */
  function newBot(options: BotOptions = {}, timeoutMs = 10_000): Bot {
    const client = new Redis(server.path, { retryStrategy: () => 20 }).on('error', () => {})
    clients.push(client)
    const { clientId, clientSecret, url } = sim
    const store = redisStore(client, { timeoutMs })
    const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, logger, store, ...options })
    bots.push(bot)
    return bot
  }

  const tokensFetched = (): number => sim.calls.filter(({ path }) => path === '/v1.0/oauth2/accessToken').length
  const stored = async (): Promise<string> => {
    const client = clients[0]
    const keys = (await client?.keys('*')) ?? []
    const values = await Promise.all(keys.map(key => client?.get(key).catch(() => '')))
    return [...keys, ...values].join('\n')
  }

  test('one of them fetches the access token for all, and it is not readable in Redis', async () => {
    const tokens = await Promise.all(Array.from({ length: 5 }, () => newBot().api.accessToken()))
    expect(new Set(tokens).size).toBe(1)
    expect(tokensFetched()).toBe(1)
    expect(await newBot().api.accessToken()).toBe(tokens[0])
    expect(tokensFetched()).toBe(1)
    expect(await stored()).toContain('token')
    expect(await stored()).not.toContain(tokens[0])
  })

  test('a token that the platform refuses is fetched anew by one, and taken over by the others', async () => {
    const [one, other] = [newBot(), newBot()]
    await Promise.all([one.api.accessToken(), other.api.accessToken()])
    const call = { method: 'GET', path: '/v1.0/contact/users/me' } as const
    sim.faults.api({ path: call.path, fault: 'tokenExpired', times: 1 })
    await one.api.call(call).catch(() => {})
    expect(tokensFetched()).toBe(2)
    sim.faults.api({ path: call.path, fault: 'tokenExpired', times: 1 })
    await other.api.call(call).catch(() => {})
    expect(tokensFetched()).toBeLessThanOrEqual(3)
  })

  test('calls of one API keep the limit of a second together', async () => {
    const call = { method: 'POST', path: '/v1.0/robot/oToMessages/batchSend', body: {} } as const
    const bots = [newBot({ throttle: { perSecond: 5 } }), newBot({ throttle: { perSecond: 5 } })]
    const start = performance.now()
    await Promise.all(bots.flatMap(bot => Array.from({ length: 6 }, () => bot.api.call(call).catch(() => {}))))
    // Five at once, five a second later, the rest another second later.
    expect(performance.now() - start).toBeGreaterThan(1_990)
    expect(sim.calls.filter(({ path }) => path === call.path)).toHaveLength(12)
  })

  test('rateLimit() counts what a sender says to any of them', async () => {
    const handled: string[] = []
    const replicas = [1, 2, 3].map(() => {
      const bot = newBot()
      return bot.use(rateLimit({ limit: 4 })).use(ctx => void handled.push(ctx.text))
    })
    for (let i = 0; i < 9; i++) await replicas[i % 3]?.handle(message({ text: String(i) }))
    expect(handled).toEqual(['0', '1', '2', '3'])
  })

  test('replies through session webhooks share the room of a minute', async () => {
    const kits = [1, 2].map(() => {
      const bot = newBot({ throttle: { webhooksPerMinute: 3 } })
      const kit = testBot(bot.use(ctx => ctx.replyText('ok')))
      kit.mock('/v1.0/robot/oToMessages/batchSend', () => ({ processQueryKey: 'key' }))
      return kit
    })
    for (let i = 0; i < 5; i++) await kits[i % 2]?.user('Alice').say('hi')
    const calls = kits.flatMap(({ calls }) => calls)
    expect(calls.filter(({ base }) => base === 'webhook')).toHaveLength(3)
    expect(calls).toHaveLength(5)
  })

  test('Redis away: token and limits go by the memory of each, with one warning, and it recovers', async () => {
    const handled: string[] = []
    const bot = newBot({}, 300)
    bot.use(rateLimit({ limit: 2 })).use(ctx => void handled.push(ctx.text))
    await bot.api.accessToken()
    await server.stop()
    for (const text of ['1', '2', '3']) await bot.handle(message({ text }))
    expect(await newBot({}, 300).api.accessToken()).toBeTruthy()
    expect(handled).toEqual(['1', '2'])
    const warnings = logger.complaints.filter(line => line.includes('The store failed'))
    // One of each bot.
    expect(warnings).toHaveLength(2)
    await server.start()
    let others = 0
    await expect
      .poll(
        async () => {
          // The store is not asked about who is over the limit in this process alone.
          await bot.handle(message({ senderId: `somebody else ${others++}`, text: 'after' }))
          return logger.lines.some(line => line.includes('The store works again'))
        },
        { timeout: 10_000 },
      )
      .toBe(true)
  })
})
