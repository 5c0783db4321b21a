import { ApiError, type CallInfo } from '../errors/errors.ts'
import { redact } from '../redact/redact.ts'
import { failureOf } from './failure.ts'
import type { HttpAnswer } from './http-answer.ts'

/** Characters of a text that are looked at. */
const MAX_READ = 10_000
/** Characters of it that may stand in a field of the error. */
const MAX_QUOTED = 200
/** A message of the platform may be longer: one about an address that is not allowed ends with the address. */
const MAX_MESSAGE = 400
/** A `Retry-After` beyond a day is a mistake, and timers cannot hold one beyond 24 of them. */
const MAX_RETRY_AFTER = 24 * 3_600_000

/**
 * Makes the error of an answer that is one; `undefined` for any other. `secrets` are masked wherever it repeats them.
 */
export function apiErrorOf(answer: HttpAnswer, call: CallInfo, secrets: () => readonly string[]): ApiError | undefined {
  const failure = failureOf(answer)
  if (!failure) return undefined
  const known = secrets()
  const quote = (text: string, max = MAX_QUOTED): string => clip(redact(text.slice(0, MAX_READ), known), max)
  const { status } = answer
  const code = quote(failure.code)
  const requiredScopes = failure.requiredScopes?.slice(0, 20).map(scope => quote(scope)) ?? []
  const said = failure.message ? `: ${quote(failure.message, MAX_MESSAGE).replace(/[.。\s]+$/, '')}` : ''
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

function clip(text: string, max: number): string {
  return text.length > max ? `${text.slice(0, max)}…` : text
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
