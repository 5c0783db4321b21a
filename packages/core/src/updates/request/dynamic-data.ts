import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'

/**
 * Request of a card for the data of its dynamic data sources (`ctx.request` in updates of kind `dynamicData`;
 * dynamic-data-source).
 */
export interface DynamicDataRequest extends FromPayload {
  /** Id of the card. */
  readonly outTrackId?: string | undefined
  /** userId of the person who looks at the card. */
  readonly userId?: string | undefined
  /** Organisation. */
  readonly corpId?: string | undefined
  /** Data sources to answer for. */
  readonly queries: readonly DynamicDataQuery[]
}

/** Query for one data source of a card. */
export interface DynamicDataQuery {
  /** Id of the data source. */
  readonly dynamicDataSourceId: string
  /** Constant parameters, as set when the card was created. */
  readonly constParams: lenient.Fields
}

export type DynamicDataValueType = 'OBJECT' | 'ARRAY' | 'STRING'

/** Answer for one data source. */
export interface DynamicData {
  /** Id of the data source, from the query. */
  readonly dynamicDataSourceId: string
  /**
   * The data. Strings are sent as they are, whatever the type; the values of an object are sent as strings, which cards
   * require.
   */
  readonly data: unknown
  /** Type. Default: `ARRAY` for an array, `OBJECT` for an object, else `STRING`. */
  readonly dynamicDataValueType?: DynamicDataValueType
}

/** Answer to a {@link DynamicDataRequest}, built by {@link dynamicDataResponse}. */
export interface DynamicDataResponse {
  /** One entry per data source, in the platform's form. */
  readonly dataSourceQueryResponses: readonly {
    /** Id of the data source. */
    readonly dynamicDataSourceId: string
    /** Type of the data. */
    readonly dynamicDataValueType: DynamicDataValueType
    /** The data, as text or JSON text. */
    readonly data: string
  }[]
}

const { text, id } = lenient
const Request = v.object({ outTrackId: text, userId: id, corpId: text })
const Query = v.object({ dynamicDataSourceId: v.string(), constParams: lenient.record })
const Queries = v.object({ dynamicDataSourceQueryRequests: lenient.items(Query) })

/** Parses a request for dynamic data. Never throws. */
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
  // Card variables are strings (instructions-for-filling-in-api-card-data).
  const entries = Object.entries(data).filter(([, value]) => value !== undefined)
  return JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, textOf(value)])))
}
