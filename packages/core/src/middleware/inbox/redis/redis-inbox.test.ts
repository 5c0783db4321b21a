import { createDeferred } from '@dingware/transport'
import { Redis } from 'ioredis'
import { expect, onTestFinished, vi } from 'vitest'
import { startRedis, testWithRedis } from '../../../../../../tests/support/redis.ts'
import { message } from '../../../../fixtures/messages.ts'
import { recordingLogger } from '../../../../fixtures/recording-logger.ts'
import type { Outcome } from '../../../intake/admission/admission.ts'
import type { Update } from '../../../updates/update.ts'
import type { Arrival, Backend, DeadLetter } from '../arrival.ts'
import { createRunner } from '../runner.ts'
import { createRedisInbox } from './redis-inbox.ts'

interface Instance {
  readonly backend: Backend
  readonly begun: string[]
}

interface Bench {
  readonly newInstance: (work?: () => Promise<Outcome>, max?: number) => Instance
  /** What all instances have begun, in this order. */
  readonly all: readonly string[]
}

/** A Redis, and instances of one bot that share it. */
async function setUp(): Promise<Bench> {
  const all: string[] = []
  const server = await startRedis()
  onTestFinished(server.close)
  return {
    all,
    newInstance(work = async () => 'handled', max = 1_000) {
      const client = new Redis(server.path).on('error', () => {})
      onTestFinished(() => client.disconnect())
      const begun: string[] = []
      const logger = recordingLogger()
      const runner = createRunner({
        ...{ logger, maxRuns: 2, retryDelay: 1 },
        run(update) {
          const text = JSON.stringify(update.raw).match(/"content":"([^"]*)"/)?.[1] ?? ''
          begun.push(text)
          all.push(text)
          return work()
        },
      })
      const tools = { runner, logger, prefix: () => 'bot:inbox:', lease: 5_000, traceMs: 60_000 }
      const backend = createRedisInbox(client, tools, { partitions: 16, orderKey: senderOf, max })
      onTestFinished(() => backend.stop())
      return { backend, begun }
    },
  }
}

/** Of the messages of this file, which are made by {@link arrival}. */
function senderOf({ raw }: Update): string | undefined {
  return JSON.stringify(raw).match(/"senderId":"([^"]*)"/)?.[1]
}

let count = 0
function arrival(text: string, senderId: string): Arrival {
  count++
  return { update: message({ text, senderId }), key: `key-${count}`, nonce: `nonce-${count}` }
}

const eventually = { timeout: 40_000, interval: 100 }
const slow = { timeout: 60_000 }

/** Writes until it is written, as the pump does: a busy machine makes Redis look as if it were away. */
async function write({ backend }: Instance, arrivals: readonly Arrival[]): Promise<unknown> {
  return vi.waitFor(() => backend.write(arrivals), eventually)
}

testWithRedis(
  'whoever receives and whoever runs, the messages of one person are begun in order of arrival',
  slow,
  async () => {
    const { newInstance, all } = await setUp()
    const instances = [newInstance(), newInstance()]
    for (const { backend } of instances) await backend.start()
    for (let round = 0; round < 10; round++) {
      const [one, other] = [0, 1].map(index => ['a', 'b', 'c'].map(who => arrival(`${who}${2 * round + index}`, who)))
      for (const [index, arrivals] of [one, other].entries()) {
        const instance = instances[index]
        if (instance && arrivals) await write(instance, arrivals)
      }
    }
    await vi.waitFor(() => expect(all).toHaveLength(60), eventually)
    for (const who of ['a', 'b', 'c']) {
      const mine = all.filter(text => text.startsWith(who))
      expect(mine).toEqual(Array.from({ length: 20 }, (_, index) => `${who}${index}`))
    }
  },
)

testWithRedis(
  'partitions are shared evenly when instances come and go, and their work is done by somebody',
  slow,
  async () => {
    const { newInstance } = await setUp()
    const first = newInstance()
    await first.backend.start()
    const second = newInstance()
    await second.backend.start()
    const people = Array.from({ length: 64 }, (_, index) => `person-${index}`)
    const writeToAll = (): Promise<unknown> =>
      write(
        first,
        people.map(who => arrival('hi', who)),
      )
    // Rebalanced within a tick or two, both of them work.
    await vi.waitFor(
      async () => {
        await writeToAll()
        expect(second.begun.length).toBeGreaterThan(0)
      },
      { timeout: 40_000, interval: 500 },
    )
    second.backend.pause()
    await second.backend.stop()
    const before = first.begun.length
    await writeToAll()
    await vi.waitFor(() => expect(first.begun.length).toBeGreaterThanOrEqual(before + 64), eventually)
    await vi.waitFor(async () => expect(await first.backend.size()).toBe(0), eventually)
  },
)

testWithRedis('no more is read than there is room for', slow, async () => {
  const { newInstance } = await setUp()
  const gate = createDeferred()
  const instance = newInstance(() => gate.promise.then(() => 'handled'), 16)
  const { backend, begun } = instance
  await backend.start()
  await write(
    instance,
    Array.from({ length: 200 }, (_, index) => arrival('hi', `person-${index}`)),
  )
  await vi.waitFor(() => expect(begun.length).toBeGreaterThanOrEqual(16), eventually)
  // One page for each partition may be under way.
  expect(begun.length).toBeLessThanOrEqual(32)
  gate.resolve()
  await vi.waitFor(() => expect(begun).toHaveLength(200), eventually)
})

testWithRedis(
  'what fails is put aside after its last run, does not hold up what follows, and can be put back',
  slow,
  async () => {
    const { newInstance } = await setUp()
    let outcome: Outcome = 'failed'
    const instance = newInstance(async () => outcome)
    const { backend, begun } = instance
    await backend.start()
    await write(instance, [arrival('poison', 'a')])
    await vi.waitFor(async () => expect(await backend.size()).toBe(0), eventually)
    expect(begun).toEqual(['poison', 'poison'])
    const letters: DeadLetter[] = []
    for await (const letter of backend.deadLetters()) letters.push(letter)
    expect(letters).toMatchObject([{ runs: 2, update: { kind: 'chatbot' } }])
    outcome = 'handled'
    await letters[0]?.requeue()
    await vi.waitFor(() => expect(begun).toHaveLength(3), eventually)
    await vi.waitFor(async () => expect(await backend.size()).toBe(0), eventually)
    for await (const letter of backend.deadLetters()) expect(letter).toBeUndefined()
  },
)

testWithRedis('a delivery that comes again is done; a write that is repeated adds nothing', slow, async () => {
  const { newInstance } = await setUp()
  const { backend } = newInstance()
  const one = arrival('hi', 'a')
  expect(await backend.write([one])).toEqual([{ state: 'kept' }])
  expect(await backend.write([one])).toEqual([{ state: 'kept' }])
  expect(await backend.write([{ ...one, nonce: 'another' }])).toEqual([{ state: 'done' }])
  expect(await backend.size()).toBe(1)
})

testWithRedis('a click that an instance has noted is run by another when that has died', slow, async () => {
  const { newInstance } = await setUp()
  const dying = newInstance()
  await dying.backend.start()
  await dying.backend.note(arrival('click', 'a'))
  dying.backend.pause()
  await dying.backend.stop()
  const other = newInstance()
  await other.backend.start()
  await vi.waitFor(() => expect(other.begun).toEqual(['click']), eventually)
  await vi.waitFor(async () => expect(await other.backend.size()).toBe(0), eventually)
})
