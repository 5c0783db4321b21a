import { secretId, uuid } from '../utils/random.ts'

/** The answer of a route. A string or bytes as `body` are sent as they are, anything else as JSON. */
export interface ApiAnswer {
  readonly status: number
  readonly body: unknown
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Instead of an answer the connection ends. */
  readonly cut?: boolean
  /** Nobody has captured or documented it; see {@link unproven}. */
  readonly unproven?: true
}

export function ok(body: unknown): ApiAnswer {
  return { status: 200, body }
}

/** An error of a method of api.dingtalk.com. The key is `requestid`, in lower case, and comes first. */
export function fail(status: number, code: string, message: string, more: object = {}): ApiAnswer {
  return { status, body: { requestid: uuid().toUpperCase(), code, message, ...more } }
}

/** An error of the front of api.dingtalk.com, before a method runs: `code` comes first (captures of 2023 to 2026). */
export function denied(status: number, code: string, message: string, more: object = {}): ApiAnswer {
  return { status, body: { code, requestid: uuid().toUpperCase(), message, ...more } }
}

/** A parameter that the platform itself asks for (aliyun/alibabacloud-php-sdk#36; three bots for `StringValue`). */
export function missing(name: string): ApiAnswer {
  return fail(400, `Missing${name}`, `${name} is mandatory for this action.`)
}

/** An answer of oapi.dingtalk.com or a webhook: always HTTP 200, what counts is `errcode`. */
export function oapi(errcode: number | string, errmsg: string, more: object = {}): ApiAnswer {
  return { status: 200, body: { errcode, errmsg, ...more }, contentType: 'application/json' }
}

/** The same from a method below `/topapi/`, whose answers have a `request_id`, good and bad. */
export function topapi(errcode: number, errmsg: string, more: object = {}): ApiAnswer {
  return oapi(errcode, errmsg, { ...more, request_id: requestId() })
}

/**
 * An error of the front of `/topapi/`, before a method runs: the code itself is the text `sub_code` (live probes of
 * 2026-09). Some are told once more in `errmsg`, with what is added there.
 */
export function wrapped(sub_code: string, sub_msg: string, added = ''): ApiAnswer {
  const errmsg = `ding talk error[subcode=${sub_code},submsg=${sub_msg}${added}]`
  const body = { errcode: 88, sub_code, sub_msg, errmsg, request_id: requestId() }
  return { status: 200, body, contentType: 'application/json' }
}

/** As captured: `15r2…`, `16l4…`, in small letters and digits. */
export function requestId(): string {
  return `15r${secretId(5)}`
}

/**
 * Marks an answer that is made up, in the simplest shape that its neighbours suggest, because the platform's own is
 * known from no capture and no page. `sim.calls` show the mark, so that nobody takes such an answer for evidence.
 *
 * @example
 * unproven(fail(400, 'dentry.notExist', 'there is no such file'))
 */
export function unproven(answer: ApiAnswer): ApiAnswer {
  return { ...answer, unproven: true }
}
