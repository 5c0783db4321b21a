import { setTimeout as sleep } from 'node:timers/promises'
import { createSimulator } from '@dingware/simulator'
import { Redis } from 'ioredis'
import { expect, onTestFinished, vi } from 'vitest'
import { startRedis, testWithRedis } from '../support/redis.ts'
import { handledByTwo, lost, outOfOrder, pushMessages } from './proof.ts'
import { createReplicas, type Replica } from './replicas.ts'

const DURATION = Number(process.env.CHAOS_DURATION ?? 18_000)
const KILL_EVERY = Number(process.env.CHAOS_KILL_EVERY ?? 3_000)
const RATE = Number(process.env.CHAOS_RATE ?? 200)

testWithRedis(
  'three instances of which one is killed with -9 every 3 s, with Redis restarted once: every message that was answered is handled, none by two at once, in order for each person, and nothing is left',
  { timeout: 300_000 },
  async () => {
    const server = await startRedis()
    onTestFinished(server.close)
    await using sim = await createSimulator({ pushTimeout: 15_000 })
    await using replicas = await createReplicas(sim)
    // The order is kept as long as updates are: Redis comes back before anybody gives up.
    const env = { REDIS: server.path, KEEP_TIMEOUT: '10000' }
    const alive: Replica[] = await Promise.all([1, 2, 3].map(() => replicas.start(env)))

    const pushing = pushMessages(sim, { rate: RATE, duration: DURATION, people: 40 })
    const restarts: Promise<unknown>[] = []
    for (let at = KILL_EVERY; at < DURATION; at += KILL_EVERY) {
      await sleep(KILL_EVERY)
      if (at === 3 * KILL_EVERY) restarts.push(server.kill().then(server.start))
      // On a machine so busy that starting takes longer than that, one is left to work.
      if (alive.length < 2) continue
      await alive.shift()?.kill()
      restarts.push(replicas.start(env).then(replica => alive.push(replica)))
    }
    const pushed = await pushing
    await Promise.all(restarts)

    const client = new Redis(server.path)
    onTestFinished(() => client.disconnect())
    await vi.waitFor(async () => expect(await keptIn(client, sim.clientId)).toBe(0), {
      timeout: 120_000,
      interval: 200,
    })
    const lines = replicas.lines()
    const acked = pushed.filter(({ ackedAt }) => ackedAt !== undefined).length
    const starts = lines.filter(({ what }) => what === 'start').length
    console.log({ pushed: pushed.length, acked, starts, killed: lines.filter(({ what }) => what === 'killed').length })
    expect(lost(pushed, lines)).toEqual([])
    expect(handledByTwo(lines)).toEqual([])
    expect(outOfOrder(pushed, lines)).toEqual([])
    // It would prove little if little was answered.
    expect(acked).toBeGreaterThan(2 * RATE)
  },
)

async function keptIn(client: Redis, clientId: string): Promise<number> {
  const keys = await client.keys(`dingware:${clientId}:inbox:part:*`)
  const sizes = await Promise.all(keys.map(key => client.xlen(key)))
  return sizes.reduce((sum, size) => sum + size, 0)
}
