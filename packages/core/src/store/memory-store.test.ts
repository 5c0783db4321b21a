import { expect, test } from 'vitest'
import { describeStore } from './contract.ts'
import { memoryStore } from './memory-store.ts'

describeStore('memoryStore', () => ({ store: memoryStore() }))

test('memoryStore keeps as many entries as `max`, and forgets the oldest', async () => {
  const store = memoryStore({ max: 2 })
  for (const key of ['a', 'b']) await store.set(key, key)
  await store.set('a', 'again')
  await store.set('c', 'c')
  const found: string[] = []
  for await (const { key } of store.list('')) found.push(key)
  expect(found).toEqual(['a', 'c'])
})

test('memoryStore refuses what cannot be copied, as any other store would', async () => {
  await expect(memoryStore().set('key', () => {})).rejects.toThrow('could not be cloned')
})
