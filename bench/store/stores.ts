import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lmdbStore, memoryStore, redisStore, type Store } from '@dingware/core'
import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { collectGarbage } from '../lib/garbage.ts'

/** A store to measure, empty. */
export interface Measured {
  readonly store: Store
  /** Bytes of this process that it holds now, and bytes elsewhere. */
  readonly held: () => Promise<{ readonly here: number; readonly there: number }>
  readonly close: () => Promise<unknown>
}

/** The stores by name; those of Redis only where a server listens at `socket`. */
export function storesOf(socket: string | undefined): Readonly<Record<string, () => Promise<Measured>>> {
  const inRedis = {
    'redisStore, ioredis': () => throughIoredis(socket ?? ''),
    'redisStore, redis': () => throughNodeRedis(socket ?? ''),
  }
  return { memoryStore: inMemory, lmdbStore: inFile, ...(socket === undefined ? {} : inRedis) }
}

async function inMemory(): Promise<Measured> {
  const here = heap()
  return {
    store: memoryStore({ max: 1_000_000 }),
    held: async () => ({ here: here(), there: 0 }),
    close: async () => {},
  }
}

async function inFile(): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-bench-'))
  const path = join(folder, 'bot.mdb')
  const here = heap()
  const store = lmdbStore({ path })
  return {
    store,
    held: async () => ({ here: here(), there: (await stat(path)).size }),
    close: () => store.close().then(() => rm(folder, { recursive: true })),
  }
}

async function throughIoredis(socket: string): Promise<Measured> {
  const client = new Redis(socket)
  await client.flushall()
  const here = heap()
  return {
    store: redisStore(client, { timeoutMs: 60_000 }),
    held: async () => ({ here: here(), there: usedMemory(await client.info('memory')) }),
    close: async () => client.disconnect(),
  }
}

async function throughNodeRedis(socket: string): Promise<Measured> {
  const client = await createClient({ socket: { path: socket, tls: false } })
    .on('error', () => {})
    .connect()
  await client.flushAll()
  const here = heap()
  return {
    store: redisStore(client, { timeoutMs: 60_000 }),
    held: async () => ({ here: here(), there: usedMemory(String(await client.info('memory'))) }),
    close: async () => client.destroy(),
  }
}

/** @returns a function that says how much the heap has grown since. */
function heap(): () => number {
  const used = (): number => {
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const before = used()
  return () => used() - before
}

function usedMemory(info: string): number {
  return Number(/used_memory:(\d+)/.exec(info)?.[1])
}
