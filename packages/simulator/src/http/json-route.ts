import * as v from 'valibot'
import { parseJson, withoutNulls } from '../utils/json.ts'
import type { App } from '../world/types.ts'
import { type ApiAnswer, fail, missing, unproven } from './answers.ts'
import type { ApiRequest, Route, RouteOptions } from './route.ts'

/** A text that must be there; without it the platform answers `code`. */
export function required(code: string): v.GenericSchema<string | undefined, string> {
  return v.pipe(v.optional(v.string(code), ''), v.nonEmpty(code))
}

/** A list of ids; `empty` and `over` are what the platform answers outside of 1 to `max`. */
export function ids(empty: string, max: number, over: string): v.GenericSchema<string[] | undefined, string[]> {
  return v.pipe(v.optional(v.array(v.string(empty), empty), []), v.minLength(1, empty), v.maxLength(max, over))
}

/** A text that may be missing, and is then empty. */
export const text: v.GenericSchema<string | undefined, string> = v.optional(v.string(), '')

export interface JsonRoute<T> extends RouteOptions {
  /** Its messages that look like codes of the platform (`invalidParameter.msgKey.empty`) are answered as such. */
  readonly schema: v.GenericSchema<unknown, T>
  /** The code for all else that is wrong with the body. */
  readonly invalid: string
  handle(body: T, app: App, request: ApiRequest): ApiAnswer | Promise<ApiAnswer>
}

/** An API of api.dingtalk.com that takes JSON; a GET takes its query in the same way. */
export function jsonRoute<T>({ schema, invalid, handle, ...place }: JsonRoute<T>): Route {
  return {
    ...place,
    auth: 'token',
    handle(request, app) {
      const json = request.method === 'GET' ? Object.fromEntries(request.query) : parseJson(request.text)
      if (json === undefined) return missing('body')
      const body = v.safeParse(schema, withoutNulls(json))
      return body.success ? handle(body.output, app, request) : invalidBody(body.issues[0], invalid)
    },
  }
}

/** The platform's no to a body in which this is wrong. */
export function invalidBody(issue: v.BaseIssue<unknown>, invalid: string): ApiAnswer {
  const path = v.getDotPath(issue) ?? 'body'
  if (isMissing(issue.message)) return missing(issue.message.slice(MISSING.length))
  const answer = isCode(issue.message)
    ? fail(400, issue.message, `${path} is missing, or not what it must be`)
    : fail(400, invalid, `${path}: ${issue.message}`)
  return UNPROVEN.includes(issue.message) ? unproven(answer) : answer
}

/** Codes in schemas that nobody has captured or documented. */
const UNPROVEN: readonly string[] = ['invalid.content.json']
const MISSING = 'Missing'

/** `Missingcontent`: the platform itself asks for it, see {@link missing}. */
function isMissing(message: string): boolean {
  return /^Missing[A-Za-z]+$/.test(message)
}

function isCode(message: string): boolean {
  return /^\w+(\.\w+)+$/.test(message) || message === 'paramError'
}
