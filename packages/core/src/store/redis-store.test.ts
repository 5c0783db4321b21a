import { inspect } from 'node:util'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeWithRedis, PASS_TIME, type RedisServer, startRedis } from '../../../../tests/support/redis.ts'
import { describeStore } from './contract.ts'
import type { RedisClient } from './redis-client.ts'
import { redisStore } from './redis-store.ts'
import type { Store } from './store.ts'

interface Connected {
  readonly client: RedisClient
  readonly command: (...args: [string, ...string[]]) => Promise<unknown>
  /** Whether it has a connection, as far as it knows. */
  readonly isReady: () => boolean
  readonly close: () => unknown
}

const CLIENTS: Readonly<Record<string, (path: string) => Promise<Connected>>> = {
  async ioredis(path) {
    const client = new Redis(path).on('error', () => {})
    return {
      client,
      command: (name, ...args) => client.call(name, args),
      isReady: () => client.status === 'ready',
      close: () => client.disconnect(),
    }
  },
  async redis(path) {
    const client = await createClient({ socket: { path, tls: false } })
      .on('error', () => {})
      .connect()
    return {
      client,
      command: (...args) => client.sendCommand(args),
      isReady: () => client.isReady,
      close: () => client.destroy(),
    }
  },
}

describeWithRedis.each(Object.entries(CLIENTS))('redisStore with %s', (_name, connect) => {
  let server: RedisServer
  let connected: Connected
  const store = (timeoutMs?: number): Store => redisStore(connected.client, { timeoutMs })

  beforeAll(async () => {
    server = await startRedis()
    connected = await connect(server.path)
  })

  afterAll(async () => {
    connected?.close()
    await server?.close()
  })

  describeStore('the contract', async () => {
    await connected.command('FLUSHALL')
    // Scripts that the server has forgotten are given to it again.
    await connected.command('SCRIPT', 'FLUSH')
    return {
      store: redisStore(connected.client, { prefix: 'a*[b]\\?^-:' }),
      pass: async ms => void (await connected.command('EVAL', PASS_TIME, '0', String(ms))),
    }
  })
  test('keys begin with the prefix, `dingware:` by default', async () => {
    await store().set('key', 1)
    expect(await connected.command('EXISTS', 'dingware:key')).toBe(1)
  })

  test('what cannot be stored, or was not written by the store, is an error that quotes neither', async () => {
    await expect(store().set('key', () => {})).rejects.toThrow('A function could not be stored')
    await connected.command('SET', 'dingware:foreign', 'secret value')
    const error: unknown = await store()
      .get('foreign')
      .catch(caught => caught)
    expect(error).toMatchObject({ code: 'ERR_STORE' })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret')
  })

  test('what Redis refuses is an error without the state that was to be written', async () => {
    await connected.command('CONFIG', 'SET', 'maxmemory', '1')
    onTestFinished(async () => void (await connected.command('CONFIG', 'SET', 'maxmemory', '0')))
    const error: unknown = await store()
      .set('key', 'very private')
      .catch(caught => caught)
    expect(error).toMatchObject({ code: 'ERR_STORE', message: expect.stringContaining('OOM') })
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('private')
  })

  test('away: calls end in time with a clear error, what they wrote is not written later, and it recovers', async () => {
    await store().set('key', 'before')
    await server.stop()
    // What is under way as a connection breaks is sent again by the client, and nobody can tell whether it was done.
    await expect.poll(connected.isReady).toBe(false)
    await expect(store(100).set('key', 'meanwhile')).rejects.toMatchObject({
      code: 'ERR_STORE_AWAY',
      message: expect.stringContaining('did not answer within 100 ms'),
    })
    const waiting = store(10_000).get('key')
    await server.start()
    expect(await waiting).toMatchObject({ value: 'before' })
  })

  test('a server that keeps its connections and says nothing is away as well', async () => {
    server.pause()
    await expect(store(100).get('key')).rejects.toMatchObject({ code: 'ERR_STORE_AWAY' })
    server.resume()
    await store().set('key', 'after')
    expect(await store().get('key')).toMatchObject({ value: 'after' })
  })

  test('a closed client is refused at once, however long one would wait', async () => {
    const other = await connect(server.path)
    await other.command('PING')
    other.close()
    await expect(redisStore(other.client, { timeoutMs: 60_000 }).get('key')).rejects.toMatchObject({
      code: 'ERR_STORE_AWAY',
    })
  })
})

const fake = { status: 'ready', call: async () => 'OK', once: () => {}, removeListener: () => {} }

test('redisStore refuses a client of a cluster, and one with a keyPrefix', () => {
  expect(() => redisStore(Object.assign({ isCluster: true }, fake))).toThrow('needs a client of one server')
  expect(() => redisStore(Object.assign({ options: { keyPrefix: 'x' } }, fake))).toThrow(
    'redisStore(client, { prefix })',
  )
})

test('add() succeeds when its answer was lost and the client sent it again', async () => {
  let held: string | null = null
  const call = async (command: string, [, value = '', ...more]: string[]): Promise<string | null> => {
    if (command === 'GET') return held
    const answer = more.includes('NX') && held !== null ? null : 'OK'
    held ??= value
    return answer
  }
  const resending = {
    ...fake,
    call: (command: string, args: string[]) => call(command, args).then(() => call(command, args)),
  }
  expect(await redisStore(resending).add('key', 1)).toBe(true)
  expect(await redisStore(resending).add('key', 1)).toBe(false)
})
