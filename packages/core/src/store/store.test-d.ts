import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { expectTypeOf, test } from 'vitest'
import { storeOf } from '../api/store-of.ts'
import { createBot } from '../bot/bot.ts'
import { type LmdbStore, lmdbStore } from './lmdb/lmdb-store.ts'
import { memoryStore } from './memory-store.ts'
import { redisStore } from './redis-store.ts'
import type { Store, Versioned } from './store.ts'

test('memoryStore() makes a store', () => {
  const store = memoryStore({ max: 10 })
  expectTypeOf(store).toEqualTypeOf<Store>()
  expectTypeOf(store.get('key')).toEqualTypeOf<Promise<Versioned | undefined>>()
  expectTypeOf<Versioned['value']>().toBeUnknown()
  store.set('key', 1, { ttlMs: 1, ifVersion: '1' })
  // @ts-expect-error: what is added has no version yet
  store.add('key', 1, { ifVersion: '1' })
  // @ts-expect-error: a version is a text
  store.delete('key', { ifVersion: 1 })
  // @ts-expect-error: there is no such option
  memoryStore({ size: 10 })
})

test('redisStore() takes clients of ioredis and of redis as they are', () => {
  expectTypeOf(redisStore(new Redis({ lazyConnect: true }))).toEqualTypeOf<Store>()
  redisStore(createClient({ url: 'redis://localhost' }), { prefix: 'bots:', timeoutMs: 500 })
  // @ts-expect-error: an address is no client
  redisStore('redis://localhost')
  // @ts-expect-error: a time is a number of milliseconds
  redisStore(new Redis({ lazyConnect: true }), { timeoutMs: '2s' })
})

test('lmdbStore() makes a store that can be closed', () => {
  const store = lmdbStore({ path: './data/bot.mdb' })
  expectTypeOf(store).toEqualTypeOf<LmdbStore>()
  expectTypeOf(store).toExtend<Store & AsyncDisposable>()
  expectTypeOf(store.close()).toEqualTypeOf<Promise<void>>()
  // @ts-expect-error: it needs a file
  lmdbStore()
})

test('storeOf() gives the store of an api, where it is that of a bot', () => {
  expectTypeOf(storeOf(createBot().api)).toEqualTypeOf<Store | undefined>()
  // @ts-expect-error: an api is an object
  storeOf('api')
})
