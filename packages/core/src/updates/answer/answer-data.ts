import { dynamicDataResponse } from '../request/dynamic-data.ts'
import { graphResponse } from '../request/graph.ts'
import type { UpdateKind } from '../update.ts'

/** Wraps a handler's answer for the platform, by kind of update. */
export function answerData(kind: UpdateKind, body: unknown): unknown {
  if (kind === 'event') return body
  if (kind === 'graph' && !isRecordWith(body, 'statusLine')) return { response: graphResponse(body) }
  if (kind === 'dynamicData' && Array.isArray(body)) return { response: dynamicDataResponse(body) }
  return { response: body ?? {} }
}

function isRecordWith(value: unknown, key: string): boolean {
  return typeof value === 'object' && value !== null && key in value
}
