import { afterEach, expect, test, vi } from 'vitest'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import { inbox } from '../middleware/inbox/inbox.ts'
import { lmdbStore } from '../store/lmdb/lmdb-store.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'

const simulated = useSimulator()

afterEach(() => {
  vi.doUnmock('lmdb')
})

test.each([
  ['', () => []],
  [', and with an inbox in it', () => [inbox()]],
])('start() throws what to install when the store lacks its package%s', async (_what, plugins) => {
  vi.doMock('lmdb', () => {
    throw new Error("Cannot find package 'lmdb'")
  })
  const { sim, newBot } = simulated()
  const bot = newBot({ store: lmdbStore({ path: '/nowhere/bot.mdb' }) })
  for (const plugin of plugins()) bot.use(plugin)
  bot.on('chatbot:text', () => {})
  await expect(bot.start()).rejects.toMatchObject({
    code: 'ERR_NO_LMDB',
    message: expect.stringContaining('npm install lmdb'),
  })
  expect(bot.state).toBe('idle')
  expect(sim.connections.length).toBe(0)
})

test('a store that is away does not keep a bot from starting', async () => {
  const { newBot } = simulated()
  const away = (): Promise<never> => Promise.reject(new Error('connect ECONNREFUSED'))
  const store: Store = { ...memoryStore(), get: away, set: away, add: away, delete: away }
  const bot = newBot({ store }).on('chatbot:text', () => {})
  await bot.start()
  expect(bot.state).toBe('online')
})
