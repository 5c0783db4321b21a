import { randomUUID } from 'node:crypto'

/** Creates an outTrackId. Unique for ever: a used one brings back the old card instead of an error. */
export function newTrackId(): string {
  return `dingware_${randomUUID()}`
}
