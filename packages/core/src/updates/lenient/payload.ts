import { redactValue } from '@dingware/transport'
import { maskCiphertext } from './ciphertext.ts'
import { withHidden } from './hidden.ts'

/** Parsed data that keeps its payload. */
export interface FromPayload {
  /** Payload as the platform sent it, with its secrets and with fields that are not typed. Not enumerable. */
  readonly raw: unknown
  /** Payload without secrets and encrypted text: for `JSON.stringify` and loggers. */
  toJSON(): unknown
}

/** Adds the payload, and other non-enumerable properties, to parsed data. */
export function withPayload<T extends object, H extends object>(
  target: T,
  raw: unknown,
  hidden: H,
): T & H & FromPayload {
  return withHidden(target, { ...hidden, raw, toJSON: () => loggable(raw) })
}

/** Copy of a payload without its secrets and encrypted texts. */
export function loggable(raw: unknown): unknown {
  const shown = redactValue(raw)
  const json = JSON.stringify(shown)
  return json?.includes('||') ? JSON.parse(json, withoutCiphertext) : shown
}

function withoutCiphertext(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? maskCiphertext(value) : value
}
