import { setTimeout as sleep } from 'node:timers/promises'
import { createBot, inbox } from '@dingware/core'
import { createSimulator, type Simulator } from '@dingware/simulator'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { type TestContext, test as testIt, vi } from 'vitest'
import { describeWithRedis, type RedisServer, startRedis } from '../support/redis.ts'
import { type Pushed, pushMessages } from './proof.ts'

interface Instance {
  readonly handled: string[]
  readonly complaints: string[]
  readonly size: () => Promise<number>
}

type OnFinished = TestContext['onTestFinished']

const CLIENTS = {
  ioredis(server: RedisServer, onTestFinished: OnFinished) {
    const client = new Redis(server.path).on('error', () => {})
    onTestFinished(() => client.disconnect())
    return client
  },
  async redis(server: RedisServer, onTestFinished: OnFinished) {
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
  onTestFinished: OnFinished,
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

const cases = Object.keys(CLIENTS).flatMap(client => Object.keys(OUTAGES).map(outage => [client, outage])) as [
  keyof typeof CLIENTS,
  keyof typeof OUTAGES,
][]

// Tests of time that passes: the platform pushes on while Redis is away. All of them wait at the same time.
describeWithRedis(
  'Redis gone for 10 s: messages are handled from memory with one warning, and kept again afterwards; none is lost, and only what was being handled when Redis went may be handled again',
  () => {
    testIt.concurrent.for(cases)(
      'with %s, %s',
      { timeout: 60_000 },
      async ([name, how], { expect, onTestFinished }) => {
        const [begin, end] = OUTAGES[how]
        const server = await startRedis()
        onTestFinished(server.close)
        await using sim = await createSimulator()
        const instances = [
          await startInstance(sim, await CLIENTS[name](server, onTestFinished), onTestFinished),
          await startInstance(sim, await CLIENTS[name](server, onTestFinished), onTestFinished),
        ]
        const handled = (): string[] => instances.flatMap(instance => instance.handled)

        const pushed: Pushed[] = []
        const pushing = pushMessages(sim, { rate: 30, duration: 16_000, people: 20 }, pushed)
        await sleep(2_000)
        // An instance that has kept and handled what came later has written down the end of what it handled earlier.
        const [early, count] = [handled(), pushed.length]
        const later = (): Set<string> => new Set(pushed.slice(count).map(({ text }) => text))
        const hasGoneOn = (instance: Instance): boolean => instance.handled.some(text => later().has(text))
        await vi.waitFor(() => expect(instances.every(hasGoneOn)).toBe(true), { timeout: 10_000 })
        await begin(server)
        const [before, goneAt] = [handled().length, performance.now()]
        await sleep(10_000)
        // It goes on without Redis.
        expect(handled().length - before).toBeGreaterThan(100)
        await end(server)
        await pushing

        await vi.waitFor(() => expect(new Set(handled()).size).toBe(pushed.length), { timeout: 20_000, interval: 100 })
        // Whoever takes it over cannot know that its end could not be written down.
        const seen = new Set<string>()
        const again = handled().filter(text => seen.has(text) || !seen.add(text))
        const late = pushed.filter(({ pushedAt }) => pushedAt > goneAt).map(({ text }) => text)
        expect([...early, ...late].filter(text => again.includes(text))).toEqual([])
        for (const { complaints } of instances) {
          expect(complaints.filter(text => text.startsWith('The inbox cannot keep updates'))).toHaveLength(1)
          expect(complaints.filter(text => text.startsWith('The inbox keeps updates again'))).toHaveLength(1)
        }
        await vi.waitFor(async () => expect(await instances[0]?.size()).toBe(0), { timeout: 10_000, interval: 100 })
      },
    )
  },
)
