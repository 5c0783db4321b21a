import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Store } from './store.ts'
import { take } from './take.ts'

/** A store for one test, and how it is put away. */
export interface StoreUnderTest {
  readonly store: Store
  readonly close?: () => unknown
  /** Lets time pass for the store. Default: a false clock. What is left of a span is never less than half a minute. */
  readonly pass?: (ms: number) => Promise<void>
}

/**
 * The tests that every store has to pass. Sessions, leases and locks stand on `add` and `ifVersion`, so those have to be
 * atomic.
 *
 * @param create Makes an empty store.
 * @example
 * describeStore('memoryStore', () => ({ store: memoryStore() }))
 */
export function describeStore(name: string, create: () => StoreUnderTest | Promise<StoreUnderTest>): void {
  describe(name, () => {
    let store: Store
    let close: () => unknown
    let pass: (ms: number) => Promise<void>

    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['Date'] })
      const made = await create()
      store = made.store
      close = made.close ?? (() => {})
      pass = made.pass ?? (async ms => void vi.advanceTimersByTime(ms))
    })

    afterEach(async () => {
      await close()
      vi.useRealTimers()
    })

    const parts = { store: () => store, pass: (ms: number) => pass(ms) }
    describeValues(parts)
    describeVersions(parts)
    describeAdd(parts)
    describeExpiry(parts)
    describeList(parts)
    describeTake(parts)
  })
}

interface Parts {
  readonly store: () => Store
  readonly pass: (ms: number) => Promise<void>
}

async function read(store: Store, key: string): Promise<unknown> {
  return (await store.get(key))?.value
}

function describeValues({ store }: Parts): void {
  test.each([['text'], [''], [0], [null], [false], [{ a: { b: [1, '二', null] } }], [[1, [2]]]])(
    'keeps %j as it is',
    async value => {
      expect(await store().set('key', value)).toBe(true)
      expect(await read(store(), 'key')).toEqual(value)
    },
  )

  test('knows nothing of a key that was not set', async () => {
    expect(await store().get('key')).toBeUndefined()
  })

  test.each(['', 'a b', '钥匙', 'a:b/c\\d%20*?[x]', '__proto__', 'constructor'])('takes %j as a key', async key => {
    await store().set(key, 1)
    await store().set(`${key}x`, 2)
    expect(await read(store(), key)).toBe(1)
  })

  test('keeps the last of several values', async () => {
    await store().set('key', 1)
    await store().set('key', 2)
    expect(await read(store(), 'key')).toBe(2)
  })

  test('is not changed by changing what was put in or got out', async () => {
    const value = { list: [1] }
    await store().set('key', value)
    value.list.push(2)
    const got = await store().get('key')
    if (typeof got?.value === 'object' && got.value) Object.assign(got.value, { list: [] })
    expect(await read(store(), 'key')).toEqual({ list: [1] })
  })

  test('delete() forgets a key, and says whether there was one', async () => {
    await store().set('key', 1)
    expect([await store().delete('key'), await store().delete('key')]).toEqual([true, false])
    expect(await store().get('key')).toBeUndefined()
  })
}

function describeVersions({ store }: Parts): void {
  const versionOf = async (key: string): Promise<string> => (await store().get(key))?.version ?? ''

  test('a value gets another version each time it is set, also after it was deleted', async () => {
    const versions: string[] = []
    for (let i = 0; i < 3; i++) {
      await store().set('key', 'same')
      versions.push(await versionOf('key'))
    }
    await store().delete('key')
    await store().set('key', 'same')
    versions.push(await versionOf('key'))
    expect(new Set(versions).size).toBe(4)
    expect(await versionOf('key')).toBe(versions[3])
  })

  test('set() with ifVersion writes only over that version', async () => {
    await store().set('key', 1)
    const version = await versionOf('key')
    expect(await store().set('key', 2, { ifVersion: version })).toBe(true)
    expect(await store().set('key', 3, { ifVersion: version })).toBe(false)
    expect(await read(store(), 'key')).toBe(2)
  })

  test('set() with ifVersion does not write where there is nothing', async () => {
    expect(await store().set('key', 1, { ifVersion: '1' })).toBe(false)
    expect(await store().get('key')).toBeUndefined()
  })

  test('delete() with ifVersion deletes only that version', async () => {
    await store().set('key', 1)
    const version = await versionOf('key')
    await store().set('key', 2)
    expect(await store().delete('key', { ifVersion: version })).toBe(false)
    expect(await store().delete('key', { ifVersion: await versionOf('key') })).toBe(true)
    expect(await store().delete('key', { ifVersion: version })).toBe(false)
  })

  test('of many who write over the same version at once, one succeeds', async () => {
    await store().set('key', 0)
    const ifVersion = await versionOf('key')
    const won = await Promise.all(Array.from({ length: 50 }, (_, i) => store().set('key', i, { ifVersion })))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await read(store(), 'key')).toBe(won.indexOf(true))
  })

  test('counting with ifVersion loses nothing, however many count at once', async () => {
    await store().set('count', 0)
    const increment = async (): Promise<void> => {
      for (;;) {
        const found = await store().get('count')
        const next = Number(found?.value) + 1
        if (await store().set('count', next, { ifVersion: found?.version })) return
      }
    }
    await Promise.all(Array.from({ length: 20 }, increment))
    expect(await read(store(), 'count')).toBe(20)
  })
}

function describeAdd({ store, pass }: Parts): void {
  test('add() writes only what is not there', async () => {
    expect([await store().add('key', 1), await store().add('key', 2)]).toEqual([true, false])
    expect(await read(store(), 'key')).toBe(1)
    await store().delete('key')
    expect(await store().add('key', 3)).toBe(true)
  })

  test('of many who add the same key at once, one succeeds', async () => {
    const won = await Promise.all(Array.from({ length: 50 }, (_, i) => store().add('key', i)))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await read(store(), 'key')).toBe(won.indexOf(true))
  })

  test('add() writes over what has expired: a lease can be taken again', async () => {
    await store().add('lease', 'one', { ttlMs: 60_000 })
    await pass(30_000)
    expect(await store().add('lease', 'two', { ttlMs: 60_000 })).toBe(false)
    await pass(30_001)
    expect(await store().add('lease', 'two', { ttlMs: 60_000 })).toBe(true)
  })
}

function describeExpiry({ store, pass }: Parts): void {
  const keys = async (): Promise<string[]> => {
    const found: string[] = []
    for await (const { key } of store().list('')) found.push(key)
    return found
  }

  test('a value with ttlMs is there until then, and gone afterwards', async () => {
    await store().set('key', 1, { ttlMs: 60_000 })
    await pass(30_000)
    expect(await read(store(), 'key')).toBe(1)
    await pass(30_001)
    expect(await store().get('key')).toBeUndefined()
    expect(await keys()).toEqual([])
    expect(await store().delete('key')).toBe(false)
    expect(await store().set('key', 2, { ifVersion: '1' })).toBe(false)
  })

  test('set() without ttlMs makes a value stay', async () => {
    await store().set('key', 1, { ttlMs: 60_000 })
    await store().set('key', 2)
    await pass(120_000)
    expect(await read(store(), 'key')).toBe(2)
  })

  test('set() with ttlMs begins anew', async () => {
    await store().set('key', 1, { ttlMs: 60_000 })
    await pass(40_000)
    await store().set('key', 1, { ttlMs: 60_000 })
    await pass(40_000)
    expect(await read(store(), 'key')).toBe(1)
  })
}

function describeList({ store }: Parts): void {
  test('list() gives the keys that begin with a prefix, with value and version, and no others', async () => {
    for (const key of ['a:1', 'a:2', 'ab', 'b:1', 'A:1']) await store().set(key, { of: key })
    const found = new Map<string, unknown>()
    for await (const { key, value, version } of store().list('a:')) {
      found.set(key, value)
      expect(await store().set(key, 'new', { ifVersion: version })).toBe(true)
    }
    expect(Object.fromEntries(found)).toEqual({ 'a:1': { of: 'a:1' }, 'a:2': { of: 'a:2' } })
  })

  test('list() takes the prefix as it is written, not as a pattern', async () => {
    for (const key of ['a*b', 'axb', 'a?c', 'a[x]', 'a_d', 'a%e']) await store().set(key, 1)
    for (const prefix of ['a*', 'a?', 'a[x]', 'a_', 'a%']) {
      const found: string[] = []
      for await (const { key } of store().list(prefix)) found.push(key)
      expect(found).toHaveLength(1)
    }
  })

  test('list() may be left early, and goes on while entries are deleted', async () => {
    for (let i = 0; i < 20; i++) await store().set(`k${i}`, i)
    for await (const { key } of store().list('k')) {
      await store().delete(key)
      break
    }
    let rest = 0
    for await (const { key } of store().list('k')) {
      await store().delete(key)
      rest++
    }
    expect(rest).toBe(19)
  })
}

function describeTake({ store, pass }: Parts): void {
  const window = { limit: 3, windowMs: 60_000 }

  test('take() lets so many pass within a window, then says how long to wait', async () => {
    for (let i = 0; i < 3; i++) expect(await take(store(), 'calls', window)).toBe(0)
    const wait = await take(store(), 'calls', window)
    expect(wait).toBeGreaterThan(30_000)
    expect(wait).toBeLessThanOrEqual(60_000)
    expect(await take(store(), 'other calls', window)).toBe(0)
    await pass(60_001)
    expect(await take(store(), 'calls', window)).toBe(0)
  })

  test('take() lets one more pass as each of the earlier ones falls out of the window, and not all of them at once', async () => {
    expect(await take(store(), 'calls', window)).toBe(0)
    await pass(40_000)
    expect(await take(store(), 'calls', window)).toBe(0)
    expect(await take(store(), 'calls', window)).toBe(0)
    await pass(21_000)
    expect(await take(store(), 'calls', window)).toBe(0)
    const wait = await take(store(), 'calls', window)
    expect(wait).toBeGreaterThan(10_000)
    expect(wait).toBeLessThanOrEqual(39_000)
  })

  test('take() lets nothing pass where nothing may, and everything where there is no limit', async () => {
    expect(await take(store(), 'calls', { limit: 0, windowMs: 60_000 })).toBeGreaterThan(0)
    for (const limit of [Number.POSITIVE_INFINITY, Number.MAX_VALUE]) {
      for (let i = 0; i < 5; i++) expect(await take(store(), 'calls', { limit, windowMs: 60_000 })).toBe(0)
    }
    for (let i = 0; i < 5; i++) expect(await take(store(), 'no time', { limit: 1, windowMs: 0 })).toBe(0)
  })

  test('take() keeps a limit of less than one in a time that is longer in proportion', async () => {
    const slow = { limit: 0.5, windowMs: 60_000 }
    expect(await take(store(), 'calls', slow)).toBe(0)
    await pass(61_000)
    expect(await take(store(), 'calls', slow)).toBeGreaterThan(30_000)
    await pass(60_000)
    expect(await take(store(), 'calls', slow)).toBe(0)
  })

  test('take() lets so many pass and no more ever, where the window is without end', async () => {
    const ever = { limit: 2.5, windowMs: Number.POSITIVE_INFINITY }
    for (let i = 0; i < 2; i++) expect(await take(store(), 'calls', ever)).toBe(0)
    await pass(86_400_000)
    expect(await take(store(), 'calls', ever)).toBeGreaterThan(86_400_000)
  })

  test('of many who take at once, so many as there is room for succeed', async () => {
    const waits = await Promise.all(Array.from({ length: 20 }, () => take(store(), 'calls', window)))
    expect(waits.filter(wait => wait === 0)).toHaveLength(3)
  })
}
