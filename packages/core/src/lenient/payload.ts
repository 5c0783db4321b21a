import { redactValue } from '@dingware/transport'
import { withHidden } from './hidden.ts'

/** What was read from a payload, and still has it. */
export interface FromPayload {
  /** The payload as it came, complete with its secrets and with fields that have no type yet. Does not print. */
  readonly raw: unknown
  /** The payload with its secrets masked: what `JSON.stringify` and loggers show. */
  toJSON(): unknown
}

/** Adds the payload that something was read from, and other properties that do not print. */
export function withPayload<T extends object, H extends object>(
  target: T,
  raw: unknown,
  hidden: H,
): T & H & FromPayload {
  return withHidden(target, { ...hidden, raw, toJSON: () => redactValue(raw) })
}
