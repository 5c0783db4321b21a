import { createDeferred } from '@dingware/transport'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { message } from '../../../../fixtures/messages.ts'
import { recordingLogger } from '../../../../fixtures/recording-logger.ts'
import { memoryStore } from '../../../store/memory-store.ts'
import type { Store } from '../../../store/store.ts'
import type { Arrival, Backend } from '../arrival.ts'
import { createRunner } from '../runner.ts'
import { createStoreInbox } from './store-inbox.ts'

const LEASE = 30_000

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

interface Instance {
  readonly backend: Backend
  readonly begun: string[]
  readonly aborted: string[]
  /** Lets everything that runs end well. */
  readonly end: () => void
}

async function newInstance(store: Store): Promise<Instance> {
  const begun: string[] = []
  const aborted: string[] = []
  const ends = createDeferred()
  const logger = recordingLogger()
  const runner = createRunner({
    ...{ logger, maxRuns: 3, retryDelay: 1 },
    async run(update, { signal }) {
      begun.push(update.deliveryId ?? '')
      signal?.addEventListener('abort', () => aborted.push(update.deliveryId ?? ''))
      await ends.promise
      return 'handled'
    },
  })
  const backend = createStoreInbox(store, { runner, logger, prefix: () => 'bot:', lease: LEASE, traceMs: 60_000 })
  await backend.start()
  onTestFinished(() => backend.stop())
  return { backend, begun, aborted, end: ends.resolve }
}

const arrivals = (...keys: string[]): Arrival[] => keys.map(key => ({ key, nonce: key, update: message() }))

test('what a living instance runs, no other takes, however long it runs', async () => {
  const store = memoryStore()
  const [first, second] = [await newInstance(store), await newInstance(store)]
  await first.backend.write(arrivals('a', 'b'))
  await vi.advanceTimersByTimeAsync(20 * LEASE)
  expect(first.begun.length).toBe(2)
  expect(second.begun.length).toBe(0)
  first.end()
  await vi.advanceTimersByTimeAsync(0)
  expect(await second.backend.size()).toBe(0)
})

test('what an instance leaves that stops without a word, another runs in the order in which it came, and just one does', async () => {
  const store = memoryStore()
  const silent: Store = { ...store }
  const first = await newInstance(silent)
  const written = arrivals('a', 'b', 'c')
  await first.backend.write(written)
  // From here on it is not heard of: it cannot reach the store any more.
  silent.set = async () => {
    throw new Error('away')
  }
  const others = [await newInstance(store), await newInstance(store)]
  await vi.advanceTimersByTimeAsync(2 * LEASE)
  expect(others.flatMap(({ begun }) => begun)).toEqual(written.map(({ update }) => update.deliveryId))
  // It is told that it has lost them.
  expect(first.aborted).toHaveLength(3)
})

test('a write that is repeated finds its own entry, another delivery of the same finds it running, then done', async () => {
  const { backend, end } = await newInstance(memoryStore())
  const [one] = arrivals('a')
  if (!one) throw new Error('nothing arrived')
  expect(await backend.write([one])).toMatchObject([{ state: 'kept' }])
  expect(await backend.write([one])).toMatchObject([{ state: 'kept' }])
  expect(await backend.write([{ ...one, nonce: 'another' }])).toEqual([{ state: 'running' }])
  end()
  await vi.advanceTimersByTimeAsync(0)
  expect(await backend.write([{ ...one, nonce: 'another' }])).toEqual([{ state: 'done' }])
})
