import { DingTalkError } from '@dingware/transport'
import type { Database, RootDatabase } from 'lmdb'

const NO_LMDB = 'ERR_NO_LMDB'

/** What stands in the file for a key. */
export interface Entry {
  /** In full: a long one stands cut in the file. */
  readonly key: string
  readonly json: string
  readonly version: string
  /** Infinite when it stays. */
  readonly expiresAt: number
}

/** The open file: the entries, and their keys in the order in which they expire. */
export interface Files {
  readonly root: RootDatabase
  readonly entries: Database<Entry, Buffer>
  /** The time of each that expires, and then its key: the first are those to go. */
  readonly expiries: Database<true, Buffer>
}

/** @throws DingTalkError (`ERR_NO_LMDB`) when the package is not installed. */
export async function openFiles(path: string): Promise<Files> {
  const { open } = await load()
  // Without `noSubdir` a path without an extension would be a folder.
  const root = open({ path, noSubdir: true, maxDbs: 2 })
  const entries = root.openDB<Entry, Buffer>({ name: 'entries', keyEncoding: 'binary' })
  const expiries = root.openDB<true, Buffer>({ name: 'expiries', keyEncoding: 'binary' })
  return { root, entries, expiries }
}

/** Whether an error says that the package is missing, which no other try will change. */
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
