import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { CARD_TTL, claimCard, keepCardEntry, readCardEntry, releaseCard, rememberedEntry } from './card-entry.ts'

let store: Store

beforeEach(() => {
  store = memoryStore()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what is kept of a card', () => {
  test('comes back whole', async () => {
    const entry = {
      place: { type: 'group', id: 'cidG' },
      templateId: 't',
      owner: 'union',
      ownerUserId: 'alice',
      userIdType: 2,
      current: { flowStatus: '3' },
      buttons: { 'approve~1': { orderId: '42' } },
      labels: { 同意: 'approve~1', 都行: null },
      closed: { tips: '已结束' },
      lost: { tips: '请重试' },
    } as const
    await keepCardEntry(store, 'card', entry)
    expect(await readCardEntry(store, 'card')).toEqual(entry)
    expect(rememberedEntry(store, 'card')).toEqual(entry)
  })

  test('adds up: buttons, labels, and what else is new', async () => {
    await keepCardEntry(store, 'card', {
      owner: 'alice',
      templateId: 'old',
      buttons: { a: 1, b: 2 },
      labels: { A: 'a' },
    })
    await keepCardEntry(store, 'card', { templateId: 'new', buttons: { b: 3 }, labels: { A: 'b', C: null } })
    expect(await readCardEntry(store, 'card')).toEqual({
      owner: 'alice',
      templateId: 'new',
      buttons: { a: 1, b: 3 },
      labels: { A: 'b', C: null },
    })
  })

  test('is of one card in one store', async () => {
    await keepCardEntry(store, 'card', { owner: 'alice' })
    expect(await readCardEntry(store, 'other')).toBeUndefined()
    expect(rememberedEntry(store, 'other')).toBeUndefined()
    expect(rememberedEntry(memoryStore(), 'card')).toBeUndefined()
  })

  test('is nothing of a card without an outTrackId', async () => {
    await keepCardEntry(store, '', { owner: 'alice' })
    expect(await readCardEntry(store, '')).toBeUndefined()
  })

  test.each([[7], ['text'], [null], [{ owner: 7 }], [{ labels: { A: 7 } }], [{ place: { type: 'elsewhere' } }]])(
    'is nothing where something else lies there: %j, and is written over it',
    async value => {
      await keepCardEntry(store, 'card', {})
      for await (const { key } of store.list('')) await store.set(key, value)
      expect(await readCardEntry(store, 'card')).toBeUndefined()
      await keepCardEntry(store, 'card', { owner: 'alice' })
      expect(await readCardEntry(store, 'card')).toMatchObject({ owner: 'alice' })
    },
  )

  test('of 200 buttons and more are those that came last', async () => {
    const numbered = (from: number, to: number): Record<string, number> =>
      Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`id-${from + at}`, from + at]))
    await keepCardEntry(store, 'card', { buttons: numbered(0, 150) })
    // The first comes again: now it is among the newest.
    await keepCardEntry(store, 'card', { buttons: { 'id-0': 0, ...numbered(150, 210) } })
    const { buttons = {} } = (await readCardEntry(store, 'card')) ?? {}
    expect(Object.keys(buttons)).toHaveLength(200)
    expect(buttons).toHaveProperty('id-0')
    expect(buttons).not.toHaveProperty('id-10')
    expect(buttons).toHaveProperty('id-11')
    expect(buttons).toHaveProperty('id-209')
  })

  test.each([
    ['seven days', undefined, 7 * 24 * 3_600_000],
    ['as long as is said', 60_000, 60_000],
  ])('lasts %s, counted anew from each change', async (_, ttlMs, lasts) => {
    vi.useFakeTimers()
    await keepCardEntry(store, 'card', { owner: 'alice' }, ttlMs)
    await vi.advanceTimersByTimeAsync(lasts - 1)
    expect(await readCardEntry(store, 'card')).toBeDefined()
    await keepCardEntry(store, 'card', { templateId: 't' }, ttlMs)
    await vi.advanceTimersByTimeAsync(lasts - 1)
    expect(await readCardEntry(store, 'card')).toBeDefined()
    await vi.advanceTimersByTimeAsync(1)
    expect(await readCardEntry(store, 'card')).toBeUndefined()
  })

  test('is remembered of the last thousand cards, a card that is kept again being a new one', async () => {
    for (let card = 0; card < 1_000; card++) await keepCardEntry(store, `card-${card}`, { owner: 'alice' })
    expect(rememberedEntry(store, 'card-0')).toBeDefined()
    await keepCardEntry(store, 'card-0', { owner: 'bob' })
    await keepCardEntry(store, 'one more', { owner: 'alice' })
    expect(rememberedEntry(store, 'card-0')).toMatchObject({ owner: 'bob' })
    expect(rememberedEntry(store, 'card-1')).toBeUndefined()
    expect(rememberedEntry(store, 'card-2')).toBeDefined()
  })
})

describe('several who write at once', () => {
  test('lose nothing of each other', async () => {
    await Promise.all(['a', 'b', 'c'].map(id => keepCardEntry(store, 'card', { buttons: { [id]: id } })))
    expect(await readCardEntry(store, 'card')).toMatchObject({ buttons: { a: 'a', b: 'b', c: 'c' } })
  })

  test('end, though others are always faster: at the tenth try it is written over them', async () => {
    await keepCardEntry(store, 'card', { buttons: { first: 1 } })
    const conditional: unknown[] = []
    const busy: Store = {
      ...store,
      async set(key, value, options) {
        if (options?.ifVersion === undefined) return store.set(key, value, options)
        conditional.push(options.ifVersion)
        return false
      },
    }
    await keepCardEntry(busy, 'card', { buttons: { second: 2 } }, 60_000)
    expect(conditional).toHaveLength(10)
    expect(await readCardEntry(store, 'card')).toMatchObject({ buttons: { first: 1, second: 2 } })
  })

  test('and what is written over them lasts as long as is said', async () => {
    vi.useFakeTimers()
    const busy: Store = { ...store, add: async () => false }
    await keepCardEntry(busy, 'card', { owner: 'alice' }, 60_000)
    await vi.advanceTimersByTimeAsync(59_999)
    expect(await readCardEntry(store, 'card')).toMatchObject({ owner: 'alice' })
    await vi.advanceTimersByTimeAsync(1)
    expect(await readCardEntry(store, 'card')).toBeUndefined()
  })
})

describe('a claim', () => {
  const claim = { userId: 'alice', actionId: 'approve' }

  test('is told to all who come later, until it is taken back', async () => {
    expect(await claimCard(store, 'card', claim)).toBeUndefined()
    expect(await claimCard(store, 'card', { ...claim, userId: 'bob' })).toEqual(claim)
    await releaseCard(store, 'card')
    expect(await claimCard(store, 'card', { ...claim, userId: 'bob' })).toBeUndefined()
  })

  test('is of one card', async () => {
    await claimCard(store, 'card', claim)
    expect(await claimCard(store, 'other', claim)).toBeUndefined()
    await releaseCard(store, 'other')
    expect(await claimCard(store, 'card', claim)).toEqual(claim)
  })

  test('lasts as long as the card', async () => {
    vi.useFakeTimers()
    await claimCard(store, 'card', claim)
    await vi.advanceTimersByTimeAsync(CARD_TTL - 1)
    expect(await claimCard(store, 'card', claim)).toEqual(claim)
    await vi.advanceTimersByTimeAsync(1)
    expect(await claimCard(store, 'card', claim)).toBeUndefined()
  })

  test('that cannot be read is somebody’s', async () => {
    await claimCard(store, 'card', claim)
    for await (const { key } of store.list('')) await store.set(key, 'broken')
    expect(await claimCard(store, 'card', claim)).toEqual({ userId: '', actionId: '' })
  })
})
