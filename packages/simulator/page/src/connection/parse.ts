import type { PageEvent } from '../../../src/page/protocol.ts'

const known: ReadonlySet<unknown> = new Set<PageEvent['type']>([
  'snapshot',
  'older',
  'user',
  'conversation',
  'message',
  'recalled',
  'read',
  'reactions',
  'connections',
])

/**
 * Reads the data of one server-sent event.
 *
 * The sender is our own server and built with this page, so its type is all that is checked. What is unknown or no
 * JSON is `undefined`: a newer server must not break an older page in an open tab.
 */
export function parsePageEvent(data: string): PageEvent | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return isPageEvent(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isPageEvent(value: unknown): value is PageEvent {
  return typeof value === 'object' && value !== null && 'type' in value && known.has(value.type)
}
