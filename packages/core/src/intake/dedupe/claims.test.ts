import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { event, message } from '../../../fixtures/messages.ts'
import { type RecordingLogger, recordingLogger } from '../../../fixtures/recording-logger.ts'
import { createInstances } from '../../store/instances/instances.ts'
import { memoryStore } from '../../store/memory-store.ts'
import type { Store } from '../../store/store.ts'
import { createUpdate, TOPICS, type Update } from '../../updates/update.ts'
import type { Admission, Admitted, Outcome } from '../admission/admission.ts'
import { createSharedDedupe } from './shared-dedupe.ts'

const TTL = 60_000

interface Instance extends Admission {
  readonly logger: RecordingLogger
  /** What is said of an update, once that is known. */
  readonly ask: (update: Update) => Promise<Admitted['state'] | 'passed'>
  /** Claims an update and ends its run. */
  readonly end: (update: Update, outcome: Outcome) => Promise<void>
}

/** An instance that shows itself alive, unless it is meant to be dead. */
async function newInstance(store: Store, isAlive = true): Promise<Instance> {
  const logger = recordingLogger()
  const instances = createInstances({ store, prefix: () => '', logger })
  if (isAlive) await instances.start()
  onTestFinished(() => instances.stop())
  const dedupe = createSharedDedupe({ store, instances, ttlMs: TTL, logger })
  return {
    ...dedupe,
    logger,
    ask: async update => (await dedupe.admit(update))?.state ?? 'passed',
    async end(update, outcome) {
      const admitted = await dedupe.admit(update)
      if (admitted?.state !== 'claimed') throw new Error('It was not claimed.')
      admitted.settle(outcome)
      await vi.advanceTimersByTimeAsync(0)
    },
  }
}

/** A store of which one call can be made to do something else. */
function brittle(store: Store): { readonly store: Store; add: Store['add']; get: Store['get']; set: Store['set'] } {
  const calls = { add: store.add, get: store.get, set: store.set }
  return Object.assign(calls, {
    store: {
      ...store,
      add: (...args: Parameters<Store['add']>) => calls.add(...args),
      get: (...args: Parameters<Store['get']>) => calls.get(...args),
      set: (...args: Parameters<Store['set']>) => calls.set(...args),
    },
  })
}

const isGone = async (): Promise<never> => {
  throw new Error('the store is gone')
}

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('what is claimed', () => {
  const delegate = createUpdate(TOPICS.delegate, { msgId: 'm' })
  test.each([message(), event('e'), delegate])('is each message and event: %s', async update => {
    const store = memoryStore()
    const [first, second] = [await newInstance(store), await newInstance(store)]
    expect(await first.ask(update)).toBe('claimed')
    expect(await second.ask(update)).toBe('running')
  })

  test.each([TOPICS.card, TOPICS.graph, TOPICS.dynamicData, '/v1.0/raw'])('is nothing of %s', async topic => {
    const instance = await newInstance(memoryStore())
    expect(instance.admit(createUpdate(topic, {}, { topic, messageId: '1' }))).toBeUndefined()
  })

  test('is nothing that has no id to be recognised by', async () => {
    const instance = await newInstance(memoryStore())
    expect(instance.admit(createUpdate(TOPICS.chatbot, {}))).toBeUndefined()
  })

  test('is admitted in order of arrival, however long the store takes for the first', async () => {
    const calls = brittle(memoryStore())
    const instance = await newInstance(calls.store)
    const { add } = calls
    calls.add = async (...args) => {
      await new Promise(resolve => setTimeout(resolve, 100))
      return add(...args)
    }
    const order: string[] = []
    const first = instance.ask(message()).then(() => order.push('first'))
    calls.add = add
    const second = instance.ask(message()).then(() => order.push('second'))
    await vi.advanceTimersByTimeAsync(100)
    await Promise.all([first, second])
    expect(order).toEqual(['first', 'second'])
  })
})

describe('a claim', () => {
  test('is free again when the run failed, and gone for good when it was handled, as long as that is remembered', async () => {
    const store = memoryStore()
    const [first, second] = [await newInstance(store), await newInstance(store)]
    const update = message()
    await first.end(update, 'failed')
    await second.end(update, 'handled')
    expect(await first.ask(update)).toBe('done')
    await vi.advanceTimersByTimeAsync(TTL)
    expect(await first.ask(update)).toBe('claimed')
  })

  test('of one that died goes to one of all that find it', async () => {
    const store = memoryStore()
    const [dead, ...others] = [await newInstance(store, false), await newInstance(store), await newInstance(store)]
    const update = message()
    await dead.ask(update)
    const said = await Promise.all(others.map(other => other.ask(update)))
    expect(said.sort()).toEqual(['claimed', 'running'])
  })

  test('that is let go of while it is looked at is free', async () => {
    const store = memoryStore()
    const calls = brittle(store)
    const [first, second] = [await newInstance(store), await newInstance(calls.store)]
    const update = message()
    await first.ask(update)
    calls.get = async key => {
      await store.delete(key)
      return store.get(key)
    }
    expect(await second.ask(update)).toBe('claimed')
    expect(await first.ask(update)).toBe('running')
  })

  test('that is let go of while it is looked at, and claimed by a third, is taken', async () => {
    const store = memoryStore()
    const calls = brittle(store)
    const [first, second, third] = [await newInstance(store), await newInstance(calls.store), await newInstance(store)]
    const update = message()
    await first.ask(update)
    calls.get = async key => {
      await store.delete(key)
      const found = await store.get(key)
      await third.ask(update)
      return found
    }
    expect(await second.ask(update)).toBe('running')
  })

  test.each(['text', null, { state: 'running' }, { state: 'waiting' }])('that reads %j is nobody’s', async value => {
    const store = memoryStore()
    await store.set('dedupe:event:e', value)
    const [first, second] = [await newInstance(store), await newInstance(store)]
    expect(await first.ask(event('e'))).toBe('claimed')
    expect(await second.ask(event('e'))).toBe('running')
  })
})

describe('without its store an instance', () => {
  test('runs what comes, says so once, and leaves the store alone for 2 s each time', async () => {
    const calls = brittle(memoryStore())
    const { logger, ask, admit } = await newInstance(calls.store)
    calls.add = isGone
    for (let round = 0; round < 3; round++) {
      expect(await ask(message())).toBe('claimed')
      await vi.advanceTimersByTimeAsync(1_999)
      expect(admit(message())).toBeUndefined()
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(logger.complaints).toEqual([expect.stringMatching(/The store is away.*the store is gone/)])
  })

  test('does not wait longer than 500 ms', async () => {
    const calls = brittle(memoryStore())
    const { logger, ask } = await newInstance(calls.store)
    calls.add = () => new Promise(() => {})
    const asked = ask(message())
    await vi.advanceTimersByTimeAsync(499)
    expect(logger.complaints).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(logger.complaints).toEqual([expect.stringContaining('not answered for 500 ms')])
    expect(await asked).toBe('claimed')
  })

  test.each([
    ['failed', 'running'],
    ['handled', 'done'],
  ] as const)('hears too late that another runs it: it %s here, so it is %s for all', async (outcome, state) => {
    const store = memoryStore()
    const calls = brittle(store)
    const [first, slow] = [await newInstance(store), await newInstance(calls.store)]
    calls.add = async (...args) => {
      await new Promise(resolve => setTimeout(resolve, 600))
      return store.add(...args)
    }
    const update = message()
    await first.ask(update)
    const asked = Promise.resolve(slow.admit(update))
    await vi.advanceTimersByTimeAsync(600)
    const admitted = await asked
    if (admitted?.state !== 'claimed') throw new Error('It does not run.')
    admitted.settle(outcome)
    await vi.advanceTimersByTimeAsync(0)
    expect(await first.ask(update)).toBe(state)
  })

  test('says each time that it is away, and that it is back', async () => {
    const calls = brittle(memoryStore())
    const { logger, ask } = await newInstance(calls.store)
    const { add } = calls
    const back = (): number => logger.lines.filter(line => line.includes('share again')).length
    await ask(message())
    expect(back()).toBe(0)
    for (const times of [1, 2]) {
      calls.add = isGone
      await ask(message())
      calls.add = add
      await vi.advanceTimersByTimeAsync(2_000)
      await ask(message())
      await ask(message())
      expect(back()).toBe(times)
      expect(logger.complaints).toHaveLength(times)
    }
  })

  test('says how a run ended as soon as the store is back', async () => {
    const store = memoryStore()
    const calls = brittle(store)
    const [first, second] = [await newInstance(calls.store), await newInstance(store)]
    const update = message()
    const { set } = calls
    calls.set = isGone
    await first.end(update, 'handled')
    expect(first.logger.complaints).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await second.ask(update)).toBe('running')
    calls.set = set
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await second.ask(update)).toBe('done')
  })
})
