import { randomUUID } from 'node:crypto'
import { DingTalkError } from '@dingware/transport'
import type { Store, Versioned } from '../store.ts'
import { type Entry, type Files, openFiles } from './files.ts'
import { beginningOf, bytesOf } from './key.ts'

/** Options of {@link lmdbStore}. */
export interface LmdbStoreOptions {
  /**
   * Path of the database file. File and folder are created if they do not exist; LMDB puts a lock file beside it
   * (`…-lock`).
   */
  readonly path: string
}

/** {@link Store} in a file, with a way to close it. */
export interface LmdbStore extends Store, AsyncDisposable {
  /**
   * Waits for pending writes and closes the file. Later calls reject with `ERR_STORE_CLOSED`. An open file does not
   * keep the process alive.
   */
  close(): Promise<void>
}

/** Number of expired entries that each write removes: more than it adds, so that the file does not grow for ever. */
const SWEEP = 8
/** Page size of `list`: a long list blocks neither the event loop nor the reuse of pages in the file. */
const PAGE = 100
const TIME_BYTES = 8

/**
 * Creates a {@link Store} in one LMDB file, which the processes of one machine may share. Entries survive a restart and
 * a `kill -9`.
 *
 * Needs the package `lmdb` (`npm install lmdb`), which is loaded at the first call. The file has to be on a local disk:
 * memory-mapped files do not work on network drives.
 *
 * @throws DingTalkError from its methods: `ERR_NO_LMDB` if the package is missing, `ERR_STORE_CLOSED` after `close()`.
 * @throws TypeError from `set` and `add` for a value that JSON cannot hold.
 * @example
 * const bot = createBot({ clientId, clientSecret, store: lmdbStore({ path: './data/bot.mdb' }) })
 */
export function lmdbStore({ path }: LmdbStoreOptions): LmdbStore {
  let opening: Promise<Files> | undefined
  const writes = new Set<Promise<boolean>>()
  let isClosed = false

  const open = async (): Promise<Files> => {
    if (isClosed) {
      throw new DingTalkError(`The store ${path} is closed, so nothing was read or written. Close it after the bot.`, {
        code: 'ERR_STORE_CLOSED',
      })
    }
    // Not kept when it fails: the next call may succeed, once the package is installed or the disk has room.
    opening ??= openFiles(path).catch(error => {
      opening = undefined
      throw error
    })
    return opening
  }
  /** Runs `work` in a write transaction, which excludes all other writers, in other processes, too. */
  const write = (work: (files: Files) => boolean): Promise<boolean> => {
    const writing = open().then(files =>
      files.root.transaction(() => {
        sweep(files)
        return work(files)
      }),
    )
    const done = (): void => void writes.delete(writing)
    writes.add(writing)
    writing.then(done, done)
    return writing
  }
  const close = async (): Promise<void> => {
    isClosed = true
    await Promise.allSettled(writes)
    const files = await opening?.catch(() => undefined)
    opening = undefined
    await files?.root.close()
  }

  return {
    async get(key) {
      const files = await open()
      const entry = fresh(files).get(bytesOf(key))
      return entry && isLive(entry) ? versionedOf(entry) : undefined
    },
    async set(key, value, { ttlMs, ifVersion } = {}) {
      const json = jsonOf(value)
      return write(files => {
        const fits = ifVersion === undefined || live(files, key)?.version === ifVersion
        return fits && put(files, key, json, ttlMs)
      })
    },
    async add(key, value, { ttlMs } = {}) {
      const json = jsonOf(value)
      return write(files => live(files, key) === undefined && put(files, key, json, ttlMs))
    },
    delete: (key, { ifVersion } = {}) =>
      write(files => {
        const entry = live(files, key)
        return entry !== undefined && (ifVersion ?? entry.version) === entry.version && remove(files, entry)
      }),
    async *list(prefix) {
      const beginning = beginningOf(prefix)
      let start = beginning
      for (;;) {
        const files = await open()
        const page = [...fresh(files).getRange({ start, limit: PAGE })]
        for (const { key, value } of page) {
          if (!key.subarray(0, beginning.length).equals(beginning)) return
          if (value.key.startsWith(prefix) && isLive(value)) yield { key: value.key, ...versionedOf(value) }
        }
        const last = page.at(-1)
        if (!last || page.length < PAGE) return
        start = Buffer.concat([last.key, Buffer.from([0])])
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Entries in their present state, including writes of other processes. (Within a turn of the event loop LMDB reads from
 * one snapshot.)
 */
function fresh({ root, entries }: Files): Files['entries'] {
  root.resetReadTxn()
  return entries
}

function isLive({ expiresAt }: Entry): boolean {
  return Date.now() < expiresAt
}

function live({ entries }: Files, key: string): Entry | undefined {
  const entry = entries.get(bytesOf(key))
  return entry && isLive(entry) ? entry : undefined
}

function versionedOf({ json, version }: Entry): Versioned {
  return { value: JSON.parse(json), version }
}

/** Serialises at the time of the call, since the caller may change the value before it is written. */
function jsonOf(value: unknown): string {
  const json: string | undefined = JSON.stringify(value)
  if (json !== undefined) return json
  throw new TypeError(`A store keeps what JSON can hold, and ${typeof value} could not be cloned. Store null instead.`)
}

function put(files: Files, key: string, json: string, ttlMs = Number.POSITIVE_INFINITY): true {
  const id = bytesOf(key)
  forgetExpiry(files, files.entries.get(id))
  const entry = { key, json, version: randomUUID(), expiresAt: Date.now() + ttlMs }
  files.entries.put(id, entry)
  if (Number.isFinite(ttlMs)) files.expiries.put(expiryOf(entry), true)
  return true
}

function remove(files: Files, entry: Entry): true {
  forgetExpiry(files, entry)
  files.entries.remove(bytesOf(entry.key))
  return true
}

function forgetExpiry({ expiries }: Files, entry: Entry | undefined): void {
  if (entry && Number.isFinite(entry.expiresAt)) expiries.remove(expiryOf(entry))
}

function expiryOf({ key, expiresAt }: Entry): Buffer {
  return Buffer.concat([timeOf(expiresAt), bytesOf(key)])
}

/** Big-endian, so that the order of the bytes is the order of the times. */
function timeOf(ms: number): Buffer {
  const bytes = Buffer.alloc(TIME_BYTES)
  bytes.writeBigUInt64BE(BigInt(Math.max(0, Math.floor(ms))))
  return bytes
}

/** Removes some expired entries. Each write does so: no timer is needed, and no single write takes long. */
function sweep({ entries, expiries }: Files): void {
  for (const { key } of [...expiries.getRange({ end: timeOf(Date.now() + 1), limit: SWEEP })]) {
    expiries.remove(key)
    entries.remove(key.subarray(TIME_BYTES))
  }
}
