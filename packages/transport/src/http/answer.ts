import * as v from 'valibot'
import { ApiError, type CallInfo } from '../errors/errors.ts'
import { redact } from '../redact/redact.ts'
import type { HttpAnswer } from './http.ts'

/** What of an answer is looked at, and what of that may stand in a message, in characters. */
const LOOK = 10_000
const QUOTE = 200
/** A `Retry-After` beyond a day is a mistake, and timers cannot hold one beyond 24 of them. */
const MAX_RETRY_AFTER = 24 * 3_600_000
/** How long the platform shuts an address out that sends too much, in milliseconds. */
const IP_BAN = 5 * 60_000

const Text = v.fallback(v.optional(v.string()), undefined)
const Code = v.fallback(v.optional(v.pipe(v.union([v.string(), v.number()]), v.transform(String))), undefined)

/** Error body of api.dingtalk.com: `{ code, message, requestid, accessdenieddetail: { requiredScopes } }`. */
const V1Error = v.object({
  code: Code,
  message: Text,
  requestid: Text,
  requestId: Text,
  accessdenieddetail: v.fallback(v.optional(v.object({ requiredScopes: v.optional(v.array(v.string())) })), undefined),
})

/** Body of oapi.dingtalk.com and of session webhooks: HTTP 200 also for failures. */
const OapiError = v.object({
  errcode: v.pipe(v.union([v.string(), v.number()]), v.transform(String)),
  errmsg: Text,
  sub_code: Code,
  sub_msg: Text,
})

/** What stands in front of the platform answers this to an address that sends too much, also with HTTP 200. */
const IpBan = v.object({ status: v.literal(1111), punish: v.string() })

interface Failure {
  readonly code: string
  readonly message?: string | undefined
  readonly requestId?: string | undefined
  readonly requiredScopes?: readonly string[] | undefined
  readonly retryAfter?: number | undefined
}

/** The error that an answer is, if it is one. `secrets` are masked in whatever of it the error tells. */
export function apiErrorOf(answer: HttpAnswer, call: CallInfo, secrets: () => readonly string[]): ApiError | undefined {
  const failure = failureOf(answer)
  if (!failure) return undefined
  const known = secrets()
  const quote = (text: string): string => clip(redact(text.slice(0, LOOK), known))
  const { status } = answer
  const code = quote(failure.code)
  const requiredScopes = failure.requiredScopes?.slice(0, 20).map(quote) ?? []
  const said = failure.message ? `: ${quote(failure.message).replace(/[.。\s]+$/, '')}` : ''
  const text = `${call.method} ${call.url} was refused with ${code} (HTTP ${status})${said}.${hintFor(answer, requiredScopes)}`
  return new ApiError(text, {
    status,
    code,
    call,
    requiredScopes,
    requestId: failure.requestId === undefined ? undefined : quote(failure.requestId),
    retryAfter: failure.retryAfter ?? retryAfterOf(answer.headers),
  })
}

function failureOf({ status, body }: HttpAnswer): Failure | undefined {
  const oapi = v.safeParse(OapiError, body)
  if (oapi.success && oapi.output.errcode !== '0') {
    const { errcode, errmsg = '', sub_code = '', sub_msg = '' } = oapi.output
    const details = [sub_code, sub_msg].filter(detail => !errmsg.includes(detail))
    return { code: errcode, message: [errmsg, ...details].join(' ') }
  }
  if (v.is(IpBan, body)) {
    const message = 'too many requests came from this address, which is shut out for minutes'
    return { code: '1111', message, retryAfter: IP_BAN }
  }
  if (status >= 200 && status < 300) return undefined
  const v1 = v.safeParse(V1Error, body)
  if (!v1.success) return { code: `HTTP_${status}`, message: excerpt(body) }
  const { code = `HTTP_${status}`, message, requestid, requestId = requestid, accessdenieddetail } = v1.output
  return { code, message, requestId, requiredScopes: accessdenieddetail?.requiredScopes }
}

function hintFor({ status, headers, body }: HttpAnswer, requiredScopes: readonly string[]): string {
  if (requiredScopes.length > 0) {
    return ` The app lacks the permission ${requiredScopes.join(', ')}: grant it in the developer console (权限管理) and publish a version.`
  }
  const isPage = typeof body === 'string' && /^\s*<(!doctype|html)/i.test(body)
  if (isPage) {
    return ' The answer is a web page, not that of an API: check the address, and whether a proxy or a firewall answers in its place (HTTPS_PROXY, NO_PROXY, `proxy`).'
  }
  const location = headers.get('location') ?? ''
  if (status < 300 || status >= 400 || !URL.canParse(location)) return ''
  return ` It points to ${new URL(location).host}, but redirects are not followed: check the address, and whether a proxy or a login page answers in its place.`
}

/** The words of a text or a page. */
function excerpt(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined
  const words = body.slice(0, LOOK).replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
  return words.replace(/\s+/g, ' ').trim() || undefined
}

function clip(text: string): string {
  return text.length > QUOTE ? `${text.slice(0, QUOTE)}…` : text
}

/** `Retry-After` in seconds or as a date, in milliseconds from now. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  // Sent twice, it arrives as `120, 120`.
  const [, seconds] = /^\s*(\d+)\s*(?:,|$)/.exec(value) ?? []
  const ms = seconds === undefined ? Date.parse(value) - Date.now() : Number(seconds) * 1000
  return ms >= 0 ? Math.min(ms, MAX_RETRY_AFTER) : undefined
}
