import { expectTypeOf, test } from 'vitest'
import { memoryStore } from '../memory-store.ts'
import { acquireLock, type Lock, tryLock } from './lock.ts'

test('acquireLock() and tryLock() give locks', () => {
  expectTypeOf(acquireLock(memoryStore(), 'name', { timeout: 1_000 })).toEqualTypeOf<Promise<Lock>>()
  expectTypeOf(tryLock(memoryStore(), 'name')).toEqualTypeOf<Promise<Lock | undefined>>()
  // @ts-expect-error: a lock has a name
  acquireLock(memoryStore())
  // @ts-expect-error: a lease is a number of milliseconds
  tryLock(memoryStore(), 'name', { leaseMs: '30s' })
})
