import { DingTalkError } from '@dingware/transport'
import type { Database, RootDatabase } from 'lmdb'

const NO_LMDB = 'ERR_NO_LMDB'

/** Record in the LMDB file for one key. */
export interface Entry {
  /** The full key; the record's key in the file may be a shortened one. */
  readonly key: string
  readonly json: string
  readonly version: string
  /** Milliseconds since the epoch; `Infinity` if it does not expire. */
  readonly expiresAt: number
}

/** Open LMDB file with its two databases: the entries, and an index of them by expiry. */
export interface Files {
  readonly root: RootDatabase
  readonly entries: Database<Entry, Buffer>
  /** Keys made of expiry time and key, so that the first ones expire first. */
  readonly expiries: Database<true, Buffer>
}

/** Opens the file, or creates it. @throws DingTalkError (`ERR_NO_LMDB`) if the package `lmdb` is not installed. */
export async function openFiles(path: string): Promise<Files> {
  const { open } = await load()
  // Without `noSubdir` a path without an extension would be a folder.
  const root = open({ path, noSubdir: true, maxDbs: 2 })
  const entries = root.openDB<Entry, Buffer>({ name: 'entries', keyEncoding: 'binary' })
  const expiries = root.openDB<true, Buffer>({ name: 'expiries', keyEncoding: 'binary' })
  return { root, entries, expiries }
}

/** True if an error says that the package `lmdb` is missing; trying again does not help then. */
export function isMissingLmdb(error: unknown): boolean {
  return DingTalkError.isInstance(error) && error.code === NO_LMDB
}

async function load(): Promise<typeof import('lmdb')> {
  try {
    return await import('lmdb')
  } catch (cause) {
    throw new DingTalkError(
      'lmdbStore() needs the package "lmdb", which could not be loaded, so nothing can be kept. Install it: npm install lmdb',
      { code: NO_LMDB, cause },
    )
  }
}
