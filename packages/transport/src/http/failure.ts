import * as v from 'valibot'
import { isRecord } from '../utils/is-record.ts'
import type { HttpAnswer } from './http-answer.ts'
import { scopesIn } from './scopes.ts'

/** Characters of a text that are looked at. */
const MAX_READ = 10_000
/** Time for which the platform shuts an address out that sends too much, in milliseconds. */
const IP_BAN = 5 * 60_000
/** `errcode` of `/topapi/…` for a call that was stopped before its method ran; the reason is inside. */
const WRAPPER = '88'

/** An answer that says no, as far as it says how. */
export interface Failure {
  readonly code: string
  readonly message?: string | undefined
  readonly requestId?: string | undefined
  readonly requiredScopes?: readonly string[] | undefined
  /** Milliseconds. */
  readonly retryAfter?: number | undefined
}

const Text = v.fallback(v.optional(v.string()), undefined)
const Code = v.fallback(
  v.optional(
    v.pipe(
      v.union([v.string(), v.number()]),
      v.transform(code => String(code).trim()),
    ),
  ),
  undefined,
)
/** Items that are no texts are left out of the list. */
const Scopes = v.pipe(
  v.array(v.unknown()),
  v.transform(scopes => scopes.filter(scope => typeof scope === 'string')),
)

/** Error body of api.dingtalk.com: `{ code, message, requestid, accessdenieddetail: { requiredScopes } }`. */
const NewError = v.object({
  code: Code,
  message: Text,
  accessdenieddetail: v.fallback(v.optional(v.object({ requiredScopes: Scopes })), undefined),
})

/**
 * Body of oapi.dingtalk.com and of session webhooks: HTTP 200 also for failures. api.dingtalk.com, too, was seen to
 * answer so (dingtalk skill, probe log: `{ errcode: 404 }`).
 */
const OldError = v.object({
  errcode: v.pipe(
    v.union([v.string(), v.number()]),
    v.transform(code => String(code).trim()),
  ),
  errmsg: v.fallback(v.optional(v.string(), ''), ''),
  sub_code: Code,
  sub_msg: v.fallback(v.optional(v.string(), ''), ''),
})

/** Answer of the firewall in front of the platform to an address that sends too much, also with HTTP 200. */
const IpBan = v.object({ status: v.literal(1111), punish: v.string() })

/** Reads the failure out of an answer that is an error; `undefined` for any other. */
export function failureOf({ status, body }: HttpAnswer): Failure | undefined {
  const old = v.safeParse(OldError, withUsualNames(body))
  if (old.success && old.output.errcode !== '0') return { ...failureOfOld(old.output), requestId: requestIdOf(body) }
  if (v.is(IpBan, body)) {
    const message = 'too many requests came from this address, which is shut out for minutes'
    return { code: '1111', message, retryAfter: IP_BAN }
  }
  if (status >= 200 && status < 300) return undefined
  const answer = v.safeParse(NewError, withUsualNames(body))
  if (!answer.success) return { code: `HTTP_${status}`, message: excerpt(body) }
  const { message = '', accessdenieddetail } = answer.output
  const code = answer.output.code || `HTTP_${status}`
  const named = accessdenieddetail?.requiredScopes ?? []
  const requiredScopes = named.length > 0 ? named : scopesIn(message.slice(0, MAX_READ), code)
  return { code, message, requestId: requestIdOf(body), requiredScopes }
}

/**
 * The old API's errors. `/topapi/…` wraps what stopped a call before its method ran, `{ errcode: 88, sub_code: "40014"
 * }`: the inner code is the code. Errors of the methods themselves come plain (dingtalk-sdk#52; dingtalk skill, probe
 * log).
 */
function failureOfOld({ errcode, errmsg, sub_code = '', sub_msg }: v.InferOutput<typeof OldError>): Failure {
  const text = errmsg.slice(0, MAX_READ)
  const inner =
    errcode === WRAPPER ? sub_code || (/\bsub_?code["']?\s{0,4}[=:]\s{0,4}["']?([\w.-]+)/i.exec(text)?.[1] ?? '') : ''
  const code = inner || errcode
  const requiredScopes = scopesIn(`${text} ${sub_msg.slice(0, MAX_READ)}`, code)
  if (inner) return { code, message: sub_msg || errmsg, requiredScopes }
  const details = [sub_code, sub_msg].filter(detail => !errmsg.includes(detail))
  return { code, message: [errmsg, ...details].join(' '), requiredScopes }
}

/** `requestid`, `requestId` and `request_id` occur, by API and by age. */
function requestIdOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined
  for (const [name, value] of Object.entries(body)) {
    if (/^request[_-]?id$/i.test(name) && ['string', 'number'].includes(typeof value) && value !== '')
      return String(value)
  }
  return undefined
}

/**
 * The fields as they are read here, whatever their capitals and underscores, which differ by API and by age. `errcode`
 * is not among them: its like stands in answers that are no errors.
 */
const SPELLINGS: ReadonlyMap<string, string> = new Map(
  ['code', 'message', 'accessdenieddetail', 'errmsg', 'sub_code', 'sub_msg'].map(name => [bare(name), name]),
)

/** Copies a body with its fields named as they are read here. */
function withUsualNames(body: unknown): unknown {
  if (!isRecord(body)) return body
  const others = Object.entries(body).map(([name, value]) => [SPELLINGS.get(bare(name)) ?? name, value] as const)
  // A field that is spelled as usual counts before others of its kind.
  return { ...Object.fromEntries(others), ...body }
}

/** A name without capitals and underscores. */
function bare(name: string): string {
  return name.toLowerCase().replaceAll('_', '')
}

/** The words of a text or a page. */
function excerpt(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined
  const words = body.slice(0, MAX_READ).replace(/<(script|style)[\s\S]*?<\/\1>|<[^<>]*>/gi, ' ')
  return words.replace(/\s+/g, ' ').trim() || undefined
}
