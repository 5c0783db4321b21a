import { uuid } from '../random/random.ts'

/** What a route answers. A string or bytes as `body` are sent as they are, anything else as JSON. */
export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of an answer the connection ends. */
  readonly cut?: boolean
}

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body }
}

/** How api.dingtalk.com says no. The key is `requestid`, in lower case. */
export function fail(status: number, code: string, message: string, more: object = {}): ApiAnswer {
  return { status, body: { requestid: uuid().toUpperCase(), code, message, ...more } }
}

/** How oapi.dingtalk.com and session webhooks answer: always HTTP 200, what counts is `errcode`. */
export function oapi(errcode: number, errmsg: string, more: object = {}): ApiAnswer {
  return { status: 200, body: { errcode, errmsg, ...more } }
}
