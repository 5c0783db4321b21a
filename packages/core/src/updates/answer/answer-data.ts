import { isRecord } from '../lenient/lenient.ts'
import { dynamicDataResponse } from '../request/dynamic-data.ts'
import { graphResponse } from '../request/graph.ts'
import type { UpdateKind } from '../update.ts'

/** Wraps a handler's answer for the platform, by kind of update. */
export function answerData(kind: UpdateKind, body: unknown): unknown {
  if (kind === 'event') return body
  if (kind === 'graph' && !(isRecord(body) && 'statusLine' in body)) return { response: graphResponse(body) }
  if (kind === 'dynamicData' && Array.isArray(body)) return { response: dynamicDataResponse(body) }
  return { response: body ?? {} }
}
