import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** Numbers from 0 up to, not including, 1. The same seed gives the same row of numbers (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** An id nobody can guess: tickets, tokens and sessions open doors. */
export function secretId(bytes = 16): string {
  return randomBytes(bytes).toString('hex')
}

export { randomUUID as uuid }

/** The shape of the platform's message ids: `msg` and Base64. */
export function messageId(): string {
  return `msg${randomBytes(16).toString('base64')}`
}

/** The same parts give the same id in every run, so that what a bot has stored under a user or a group still fits. */
export function stableId(...parts: string[]): {
  readonly hex: string
  readonly base64: string
  readonly digits: string
} {
  const hash = createHash('sha256').update(parts.join('\n')).digest()
  return {
    hex: hash.toString('hex'),
    base64: hash.toString('base64'),
    digits: hash.readBigUInt64BE().toString().padStart(20, '0'),
  }
}
