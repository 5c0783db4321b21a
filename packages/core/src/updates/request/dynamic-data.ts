import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'

/** Cards ask for the data of their dynamic data sources (dynamic-data-source). */
export interface DynamicDataRequest extends FromPayload {
  readonly outTrackId?: string | undefined
  /** Who looks at the card. */
  readonly userId?: string | undefined
  readonly corpId?: string | undefined
  readonly queries: readonly DynamicDataQuery[]
}

export interface DynamicDataQuery {
  readonly dynamicDataSourceId: string
  /** As set when the card was created. */
  readonly constParams: lenient.Fields
}

export type DynamicDataValueType = 'OBJECT' | 'ARRAY' | 'STRING'

/** The data for one source. */
export interface DynamicData {
  readonly dynamicDataSourceId: string
  /** Text goes out as it is, whatever its type. The values of an object go out as text, which is what cards take. */
  readonly data: unknown
  /** Default by `data`: `ARRAY` for an array, `OBJECT` for an object, else `STRING`. */
  readonly dynamicDataValueType?: DynamicDataValueType
}

/** What is answered to a {@link DynamicDataRequest}. */
export interface DynamicDataResponse {
  readonly dataSourceQueryResponses: readonly {
    readonly dynamicDataSourceId: string
    readonly dynamicDataValueType: DynamicDataValueType
    readonly data: string
  }[]
}

const { text, id } = lenient
const Request = v.object({ outTrackId: text, userId: id, corpId: text })
const Query = v.object({ dynamicDataSourceId: v.string(), constParams: lenient.record })
const Queries = v.object({ dynamicDataSourceQueryRequests: lenient.items(Query) })

/** Reads a request for dynamic data. Never throws. */
export function parseDynamicDataRequest(raw: unknown): DynamicDataRequest {
  const fields = lenient.recordOf(raw) ?? {}
  const { dynamicDataSourceQueryRequests } = v.parse(Queries, lenient.recordOf(fields.content) ?? fields)
  const queries = dynamicDataSourceQueryRequests.map(({ dynamicDataSourceId, constParams = {} }) => ({
    dynamicDataSourceId,
    constParams,
  }))
  return withPayload({ ...v.parse(Request, fields), queries }, raw, {})
}

/**
 * Builds the answer to a request for dynamic data.
 *
 * @example
 * ```ts
 * ctx.respond(dynamicDataResponse([{ dynamicDataSourceId: 'votes', data: { yes: 3, no: 1 } }]))
 * ```
 */
export function dynamicDataResponse(answers: readonly DynamicData[]): DynamicDataResponse {
  return {
    dataSourceQueryResponses: answers.map(({ dynamicDataSourceId, data, dynamicDataValueType = typeOf(data) }) => ({
      dynamicDataSourceId,
      dynamicDataValueType,
      data: textOf(data),
    })),
  }
}

function typeOf(data: unknown): DynamicDataValueType {
  if (Array.isArray(data)) return 'ARRAY'
  return lenient.isRecord(data) ? 'OBJECT' : 'STRING'
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  if (data === null || data === undefined) return ''
  if (!lenient.isRecord(data)) return JSON.stringify(data)
  // The variables of a card are text (instructions-for-filling-in-api-card-data).
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  return JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)])))
}
