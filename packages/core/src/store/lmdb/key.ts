import { createHash } from 'node:crypto'

/** LMDB takes keys of up to 1,978 bytes; 32 are for the hash and 8 for the time that goes before a key in `expiries`. */
const LONGEST = 1_900

/**
 * Makes the bytes that stand for a key in the file. A long key is cut and closed with its hash, so that it is still found
 * by its beginning: no key is too long, and none is refused.
 */
export function bytesOf(key: string): Buffer {
  const bytes = Buffer.from(key)
  return bytes.length > LONGEST ? Buffer.concat([beginningOf(key), hashOf(bytes)]) : Buffer.concat([START, bytes])
}

/** Makes the bytes that those of all keys with this beginning begin with. */
export function beginningOf(prefix: string): Buffer {
  return Buffer.concat([START, Buffer.from(prefix).subarray(0, LONGEST)])
}

/** Goes before each key, because LMDB refuses an empty one. */
const START = Buffer.from([1])

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
