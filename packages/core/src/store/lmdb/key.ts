import { createHash } from 'node:crypto'

/**
 * LMDB takes keys of up to 1,978 bytes; 32 are reserved for the hash, 8 for the expiry time in front of a key in
 * `expiries`.
 */
const LONGEST = 1_900

/**
 * Encodes a key for LMDB. A key that is too long is cut and gets its hash appended: it stays unique, and a search by
 * prefix still finds it.
 */
export function bytesOf(key: string): Buffer {
  const bytes = Buffer.from(key)
  return bytes.length > LONGEST ? Buffer.concat([beginningOf(key), hashOf(bytes)]) : Buffer.concat([START, bytes])
}

/** Encodes a prefix: the encoded form of each key with that prefix begins with these bytes. */
export function beginningOf(prefix: string): Buffer {
  return Buffer.concat([START, Buffer.from(prefix).subarray(0, LONGEST)])
}

/** Put before each key, because LMDB refuses an empty one. */
const START = Buffer.from([1])

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
