import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { recordingLogger } from '../../fixtures/recording-logger.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'
import { createOtherInstances } from './other-instances.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface Instance {
  readonly complaints: readonly string[]
  readonly stop: () => Promise<void>
}

async function newInstance(store: Store, { shared = false, isAlone = true } = {}): Promise<Instance> {
  const logger = recordingLogger()
  const options = { dedupe: { shared } }
  const others = createOtherInstances({ store, options, logger, isAlone: () => isAlone })
  onTestFinished(others.stop)
  await others.start()
  return { complaints: logger.complaints, stop: others.stop }
}

const minute = 60_000

test('when a second instance appears on the store both say so, once, and what to do', async () => {
  const store = memoryStore()
  const instances = [await newInstance(store), await newInstance(store)]
  await vi.advanceTimersByTimeAsync(10 * minute)
  for (const { complaints } of instances) {
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toContain('inbox({ redis })')
  }
})

test('an instance that starts again after a crash does not take its former self for another', async () => {
  const store = memoryStore()
  const silent: Store = { ...store }
  await newInstance(silent)
  silent.set = async () => false
  const next = await newInstance(store)
  await vi.advanceTimersByTimeAsync(10 * minute)
  expect(next.complaints).toEqual([])
})

test('one that stopped in order is no other instance', async () => {
  const store = memoryStore()
  const first = await newInstance(store)
  await first.stop()
  const next = await newInstance(store)
  await vi.advanceTimersByTimeAsync(10 * minute)
  expect(next.complaints).toEqual([])
})

test.each([
  ['with a shared memory of what was handled', { shared: true }],
  ['with an inbox in Redis', { isAlone: false }],
])('several on purpose (%s) are no surprise', async (_how, options) => {
  const store = memoryStore()
  const instances = [await newInstance(store, options), await newInstance(store, options)]
  await vi.advanceTimersByTimeAsync(10 * minute)
  expect(instances.flatMap(({ complaints }) => complaints)).toEqual([])
})
