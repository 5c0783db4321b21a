import { setTimeout as sleep } from 'node:timers/promises'
import { lmdbStore } from '@dingware/core'
import { createSimulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import { handledByTwo, lost, pushMessages } from './proof.ts'
import { createReplicas } from './replicas.ts'

test('a bot that is killed in the middle of its work does all of it that was answered after it has started again', {
  timeout: 90_000,
}, async () => {
  await using sim = await createSimulator()
  await using replicas = await createReplicas(sim)
  const path = replicas.path('bot.mdb')
  // Work takes long enough that much of it is under way or waits when the process dies.
  const env = { LMDB: path, WORK: '1500' }
  const first = await replicas.start(env)
  const pushing = pushMessages(sim, { rate: 60, duration: 4_000, people: 20 })
  await sleep(3_500)
  await first.kill()
  const pushed = await pushing
  const before = replicas.lines().filter(({ what }) => what === 'end').length
  const acked = pushed.filter(({ ackedAt }) => ackedAt !== undefined).length
  expect(acked).toBeGreaterThan(before)

  const second = await replicas.start(env)
  await vi.waitFor(() => expect(lost(pushed, replicas.lines())).toEqual([]), { timeout: 40_000, interval: 200 })
  await second.stop()
  expect(handledByTwo(replicas.lines())).toEqual([])
  expect(await keptIn(path, sim.clientId)).toEqual([])
})

test('a bot that is told to stop leaves what it could not end to the next one', { timeout: 60_000 }, async () => {
  await using sim = await createSimulator()
  await using replicas = await createReplicas(sim)
  const path = replicas.path('bot.mdb')
  const first = await replicas.start({ LMDB: path, WORK: '600000', STOP_TIMEOUT: '100' })
  const said = await sim.user('Alice').say('a long story')
  expect(await said.ack).toMatchObject({ status: 'acked', code: 200 })
  await vi.waitFor(() => expect(replicas.lines()).toHaveLength(1))
  await first.stop()
  await replicas.start({ LMDB: path })
  await vi.waitFor(() => expect(replicas.lines().map(({ what }) => what)).toEqual(['start', 'start', 'end']), {
    timeout: 20_000,
  })
})

async function keptIn(path: string, clientId: string): Promise<unknown[]> {
  await using store = lmdbStore({ path })
  const entries: unknown[] = []
  for await (const { key, value } of store.list(`${clientId}:inbox:`)) {
    if (typeof value === 'object' && value !== null && 'update' in value) entries.push(key)
  }
  return entries
}
