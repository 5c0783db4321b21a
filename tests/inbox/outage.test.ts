import { setTimeout as sleep } from 'node:timers/promises'
import { createBot, inbox } from '@dingware/core'
import { createSimulator, type Simulator } from '@dingware/simulator'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { expect, onTestFinished, test as testIt, vi } from 'vitest'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { pushMessages } from './proof.ts'

interface Instance {
  readonly handled: string[]
  readonly complaints: string[]
  readonly size: () => Promise<number>
}

const CLIENTS = {
  ioredis(server: RedisServer) {
    const client = new Redis(server.path).on('error', () => {})
    onTestFinished(() => client.disconnect())
    return client
  },
  async redis(server: RedisServer) {
    const client = await createClient({ socket: { path: server.path, tls: false } })
      .on('error', () => {})
      .connect()
    onTestFinished(() => client.destroy())
    return client
  },
} as const

async function startInstance(
  sim: Simulator,
  redis: Awaited<ReturnType<(typeof CLIENTS)['ioredis' | 'redis']>>,
): Promise<Instance> {
  const handled: string[] = []
  const complaints: string[] = []
  const record = (message: string): void => void complaints.push(message)
  const box = inbox({ redis })
  const { clientId, clientSecret, url } = sim
  const bot = createBot({
    ...{ clientId, clientSecret, endpoint: url, oapiEndpoint: url },
    logger: { debug() {}, info: record, warn: record, error: record },
  }).use(box)
  bot.on('chatbot:text', async ctx => {
    await sleep(20)
    handled.push(ctx.text)
  })
  onTestFinished(() => bot.stop())
  await bot.start()
  return { handled, complaints, size: box.size }
}

const OUTAGES = {
  'ended and started again': [(server: RedisServer) => server.kill(), (server: RedisServer) => server.start()],
  'hanging for a while': [(server: RedisServer) => server.pause(), (server: RedisServer) => server.resume()],
} as const

describeWithRedis.each(Object.keys(CLIENTS) as (keyof typeof CLIENTS)[])('Redis (%s) gone for 10 s', name => {
  const run = describeWithRedis.each(Object.keys(OUTAGES) as (keyof typeof OUTAGES)[])
  run('%s', how => {
    const [begin, end] = OUTAGES[how]

    // A test of time that passes: the platform pushes on while Redis is away.
    const sentence =
      'messages are handled from memory with one warning, and kept again afterwards; none is lost, and only what was being handled when Redis went may be handled again'
    testIt(sentence, { timeout: 60_000 }, async () => {
      const server = await startRedis()
      onTestFinished(server.close)
      await using sim = await createSimulator()
      const instances = [
        await startInstance(sim, await CLIENTS[name](server)),
        await startInstance(sim, await CLIENTS[name](server)),
      ]
      const handled = (): string[] => instances.flatMap(instance => instance.handled)

      const pushing = pushMessages(sim, { rate: 30, duration: 16_000, people: 20 })
      await sleep(3_000)
      await begin(server)
      const [before, goneAt] = [handled().length, performance.now()]
      await sleep(10_000)
      // It goes on without Redis.
      expect(handled().length - before).toBeGreaterThan(100)
      await end(server)
      const pushed = await pushing

      await vi.waitFor(() => expect(new Set(handled()).size).toBe(pushed.length), { timeout: 20_000, interval: 100 })
      // Whoever takes it over cannot know that its end could not be written down.
      const seen = new Set<string>()
      const again = handled().filter(text => seen.has(text) || !seen.add(text))
      const early = pushed.filter(({ pushedAt }) => pushedAt < goneAt - 1_000).map(({ text }) => text)
      const late = pushed.filter(({ pushedAt }) => pushedAt > goneAt).map(({ text }) => text)
      expect([...early, ...late].filter(text => again.includes(text))).toEqual([])
      for (const { complaints } of instances) {
        expect(complaints.filter(text => text.startsWith('The inbox cannot keep updates'))).toHaveLength(1)
        expect(complaints.filter(text => text.startsWith('The inbox keeps updates again'))).toHaveLength(1)
      }
      await vi.waitFor(async () => expect(await instances[0]?.size()).toBe(0), { timeout: 10_000, interval: 100 })
    })
  })
})
