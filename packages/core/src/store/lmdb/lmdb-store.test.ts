import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeStore } from '../contract.ts'
import type { Store } from '../store.ts'
import { type LmdbStore, lmdbStore } from './lmdb-store.ts'

const tidy: (() => unknown)[] = []

async function newPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-lmdb-'))
  tidy.push(() => rm(folder, { recursive: true, force: true }))
  return join(folder, 'deep', 'bot')
}

async function newStore(path?: string): Promise<LmdbStore> {
  const store = lmdbStore({ path: path ?? (await newPath()) })
  tidy.push(() => store.close())
  return store
}

async function keysOf(store: Store, prefix: string): Promise<string[]> {
  const keys: string[] = []
  for await (const { key } of store.list(prefix)) keys.push(key)
  return keys
}

afterEach(async () => {
  vi.useRealTimers()
  while (tidy.length > 0) await tidy.pop()?.()
})

describeStore('lmdbStore', async () => {
  const store = lmdbStore({ path: await newPath() })
  return { store, close: () => store.close() }
})

describe('lmdbStore', () => {
  test('keeps what was written after it was closed, version included', async () => {
    const path = await newPath()
    const before = await newStore(path)
    await before.set('key', { 一: [1] })
    const written = await before.get('key')
    await before.close()
    expect(await (await newStore(path)).get('key')).toEqual(written)
  })

  test('two that opened the same file see at once what the other has written', async () => {
    const path = await newPath()
    const [one, other] = [await newStore(path), await newStore(path)]
    for (let i = 0; i < 20; i++) {
      await one.set('key', i)
      expect((await other.get('key'))?.value).toBe(i)
    }
    expect(await other.add('key', 0)).toBe(false)
  })

  test('lists in the order of the keys, in pages', async () => {
    const store = await newStore()
    const keys = Array.from({ length: 250 }, (_, i) => `key:${String(i).padStart(3, '0')}`)
    await Promise.all(keys.toReversed().map(key => store.set(key, 1)))
    await store.set('kez', 1)
    expect(await keysOf(store, 'key:')).toEqual(keys)
  })

  test.each([1_899, 1_900, 1_901, 1_978, 10_000])(
    'takes keys of %i bytes, and finds them by any beginning',
    async length => {
      const store = await newStore()
      const key = `session:${'k'.repeat(length - 8)}`
      const sibling = `${key.slice(0, -1)}z`
      expect(await store.add(key, 1)).toBe(true)
      expect(await store.add(key, 2)).toBe(false)
      expect(await store.add(sibling, 3)).toBe(true)
      expect((await store.get(key))?.value).toBe(1)
      expect(new Set(await keysOf(store, 'session:'))).toEqual(new Set([key, sibling]))
      expect(await keysOf(store, key)).toEqual([key])
      expect(await store.delete(key)).toBe(true)
      expect((await store.get(sibling))?.value).toBe(3)
    },
  )

  test('takes keys of many Chinese characters, cut wherever a character may be', async () => {
    const store = await newStore()
    const keys = [0, 1, 2].map(shift => 'x'.repeat(shift) + '钥'.repeat(700))
    for (const key of keys) await store.set(key, key)
    for (const key of keys) expect((await store.get(key))?.value).toBe(key)
    for (const key of keys) expect(await keysOf(store, key.slice(0, 690))).toEqual([key])
  })

  test('what has expired goes with the writes that follow, so the file does not grow', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const path = await newPath()
    const store = await newStore(path)
    const text = 'x'.repeat(10_000)
    const fill = async (): Promise<number> => {
      for (let i = 0; i < 50; i++) await store.set(`lease:${i}:${Date.now()}`, text, { ttlMs: 1_000 })
      vi.advanceTimersByTime(2_000)
      return (await stat(path)).size
    }
    await fill()
    const size = await fill()
    for (let i = 0; i < 10; i++) await fill()
    expect(await fill()).toBeLessThan(size * 1.5)
  })

  test('an entry that was written again does not go when its earlier time has come', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const store = await newStore()
    await store.set('renewed', 1, { ttlMs: 1_000 })
    await store.set('renewed', 2, { ttlMs: 60_000 })
    await store.set('kept', 1, { ttlMs: 1_000 })
    await store.set('kept', 2)
    vi.advanceTimersByTime(2_000)
    await store.set('other', 1)
    expect(await keysOf(store, '')).toEqual(['kept', 'other', 'renewed'])
  })

  test.each([() => {}, undefined, Symbol('s')])('refuses %s, which JSON cannot hold', async value => {
    await expect((await newStore()).set('key', value)).rejects.toThrow('what JSON can hold')
  })

  test('after close() it rejects, and says so', async () => {
    const store = await newStore()
    await store.set('key', 1)
    const writing = store.set('key', 2)
    await Promise.all([store.close(), store.close()])
    await expect(writing).resolves.toBe(true)
    await expect(store.get('key')).rejects.toMatchObject({ code: 'ERR_STORE_CLOSED' })
  })

  test('names the install line when the package is not there', async () => {
    vi.doMock('lmdb', () => {
      throw new Error('no such package')
    })
    tidy.push(() => vi.doUnmock('lmdb'))
    await expect((await newStore()).get('key')).rejects.toMatchObject({
      code: 'ERR_NO_LMDB',
      message: expect.stringContaining('npm install lmdb'),
    })
  })
})
