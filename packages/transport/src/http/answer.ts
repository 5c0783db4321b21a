import * as v from 'valibot'
import { ApiError, type CallInfo } from '../errors/errors.ts'
import { redact } from '../redact/redact.ts'
import type { HttpAnswer } from './http.ts'

const Text = v.fallback(v.optional(v.string()), undefined)

/** Error body of api.dingtalk.com: `{ code, message, requestid, accessdenieddetail: { requiredScopes } }`. */
const V1Error = v.object({
  code: Text,
  message: Text,
  requestid: Text,
  requestId: Text,
  accessdenieddetail: v.fallback(v.optional(v.object({ requiredScopes: v.optional(v.array(v.string())) })), undefined),
})

/** Body of oapi.dingtalk.com and of session webhooks: HTTP 200 also for failures. */
const OapiError = v.object({ errcode: v.number(), errmsg: Text })

/** The error that an answer is, if it is one. */
export function apiErrorOf(answer: HttpAnswer, call: CallInfo): ApiError | undefined {
  const { status, headers, body } = answer
  const oapi = v.safeParse(OapiError, body)
  if (oapi.success && oapi.output.errcode !== 0) {
    const { errcode, errmsg } = oapi.output
    return failure(call, { status, code: String(errcode), message: errmsg, retryAfter: retryAfterOf(headers) })
  }
  if (status < 400) return undefined
  const v1 = v.safeParse(V1Error, body)
  const { code, message, requestid, requestId, accessdenieddetail } = v1.success ? v1.output : {}
  return failure(call, {
    status,
    code: code ?? `HTTP_${status}`,
    message: message ?? excerpt(body),
    requestId: requestid ?? requestId,
    requiredScopes: accessdenieddetail?.requiredScopes,
    retryAfter: retryAfterOf(headers),
  })
}

interface Failure {
  readonly status: number
  readonly code: string
  readonly message?: string | undefined
  readonly requestId?: string | undefined
  readonly requiredScopes?: readonly string[] | undefined
  readonly retryAfter?: number | undefined
}

function failure(call: CallInfo, { message, ...details }: Failure): ApiError {
  const scopes = details.requiredScopes?.length
    ? ` The app lacks the permission ${details.requiredScopes.join(', ')}: grant it in the developer console (权限管理) and publish a version.`
    : ''
  const said = message ? `: ${redact(message)}` : ''
  const text = `${call.method} ${call.url} was refused with ${details.code} (HTTP ${details.status})${said}.${scopes}`
  return new ApiError(text, { ...details, call })
}

function excerpt(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined
  const text = body
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > 200 ? `${text.slice(0, 200)}…` : text || undefined
}

/** `Retry-After` in seconds or as a date, in milliseconds from now. */
function retryAfterOf(headers: Headers): number | undefined {
  const value = headers.get('retry-after')
  if (value === null) return undefined
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined
}
