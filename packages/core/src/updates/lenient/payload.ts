import { redactValue } from '@dingware/transport'
import { maskCiphertext } from './ciphertext.ts'
import { withHidden } from './hidden.ts'

/** What was read from a payload, and still has it. */
export interface FromPayload {
  /** The payload as it came, complete with its secrets and with fields that have no type yet. Does not print. */
  readonly raw: unknown
  /** The payload without its secrets, and without what is encrypted: what `JSON.stringify` and loggers show. */
  toJSON(): unknown
}

/** Adds the payload that something was read from, and other properties that do not print. */
export function withPayload<T extends object, H extends object>(
  target: T,
  raw: unknown,
  hidden: H,
): T & H & FromPayload {
  return withHidden(target, { ...hidden, raw, toJSON: () => loggable(raw) })
}

function loggable(raw: unknown): unknown {
  const shown = redactValue(raw)
  const json = JSON.stringify(shown)
  return json?.includes('||') ? JSON.parse(json, withoutCiphertext) : shown
}

function withoutCiphertext(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? maskCiphertext(value) : value
}
