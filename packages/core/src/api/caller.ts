import { ApiError, type HttpClient } from '@dingware/transport'
import * as v from 'valibot'
import type { Shared } from '../store/shared.ts'
import type { ApiCall, ApiMiddleware } from './api-call.ts'
import { createAuthorized } from './authorized.ts'
import { type Endpoints, endpointFor } from './endpoints.ts'
import { explain, explained } from './steps/advice.ts'
import { type AutoRetryOptions, autoRetry } from './steps/auto-retry.ts'
import { createThrottle, type ThrottleOptions } from './steps/throttle.ts'
import { unknownOutcome } from './steps/unknown-outcome.ts'
import { type ApiUsage, createUsageCounter } from './steps/usage.ts'
import { STUB, STUB_TOKEN, type Stub, type Stubbable } from './stub.ts'
import { createTokenSource, TOKEN_PATH } from './token.ts'
import { traced } from './trace.ts'

export interface ApiSettings extends Endpoints {
  /** Options of the retry step; `false` removes it. */
  readonly autoRetry?: AutoRetryOptions | false | undefined
  /** Options of the rate limit; `false` removes it. */
  readonly throttle?: ThrottleOptions | false | undefined
  /** Store for the token and rate limits that the bot's processes share. */
  readonly shared?: Shared | undefined
  readonly credential: () => { readonly clientId: string; readonly clientSecret: string }
}

/** Generic part of the API client. */
export interface Caller {
  /**
   * Adds outgoing middleware, which each call goes through in the given order. A call counts once there, however often
   * it is retried.
   *
   * @example
   * bot.api.use(async (call, next) => {
   *   const start = performance.now()
   *   try { return await next() } finally { console.log(call.method, call.base, performance.now() - start) }
   * })
   */
  use(...middleware: ApiMiddleware[]): this
  /**
   * Calls any API with the app's token, which is fetched, cached and renewed for you. Resolves to the parsed body of
   * the answer; with a valibot schema it is validated and typed.
   *
   * @throws ApiError if the API refuses, or if the answer does not match the schema (`ERR_API_ANSWER`)
   * @throws NetworkError, TimeoutError if no answer came
   * @throws DingTalkError `ERR_THROTTLE_FULL` if too many calls wait for the rate limit
   * @example
   * const Me = v.object({ unionId: v.string() })
   * const { unionId } = await bot.api.call({ method: 'GET', path: '/v1.0/contact/users/me' }, Me)
   */
  call<S extends v.GenericSchema>(call: ApiCall, schema: S): Promise<v.InferOutput<S>>
  call(call: ApiCall): Promise<unknown>
  /** Access token of the app, cached until shortly before it expires. @throws ApiError, NetworkError, TimeoutError */
  accessToken(): Promise<string>
  /** Number of API calls that count against the organisation's monthly quota, as far as this process made them. */
  usage(): ApiUsage
}

/**
 * Creates the API client of one app.
 *
 * @param last steps after all others, run for each attempt of a call
 */
export function createCaller(
  http: HttpClient,
  settings: ApiSettings,
  last: readonly ApiMiddleware[] = [],
): Caller & Stubbable {
  const tokens = createTokenSource(http, settings)
  const counter = createUsageCounter()
  const middleware: ApiMiddleware[] = []
  let stub: Stub | undefined
  // The retry step comes after the user's middleware, which therefore sees one call, however often it is tried.
  const builtIn: readonly ApiMiddleware[] = [
    explain,
    unknownOutcome,
    ...(settings.autoRetry === false ? [] : [autoRetry(settings.autoRetry)]),
    ...(settings.throttle === false ? [] : [createThrottle(settings.throttle ?? {}, settings.shared)]),
    counter.middleware,
  ]
  const toNetwork = [...builtIn, ...last]

  const send = async ({ base = 'api', path, body, query, ...rest }: ApiCall, token?: string): Promise<unknown> => {
    const request = { ...rest, json: body }
    const answer = await http.request(
      base === 'webhook'
        ? { ...request, url: path, query, direct: true }
        : base === 'oapi'
          ? { ...request, url: endpointFor(settings, 'oapi') + path, query: { ...query, access_token: token } }
          : {
              ...request,
              url: endpointFor(settings, 'api') + path,
              query,
              headers: { 'x-acs-dingtalk-access-token': token ?? '' },
            },
    )
    return answer.body
  }

  const sendWithToken = createAuthorized(tokens, send)

  const through = async (call: ApiCall, index: number): Promise<unknown> => {
    const send = stub ?? sendWithToken
    const steps = stub ? last : toNetwork
    const step = middleware[index] ?? steps[index - middleware.length]
    return step ? step(call, (changed = call) => through(changed, index + 1)) : send(call)
  }

  async function call<S extends v.GenericSchema>(request: ApiCall, schema?: S): Promise<unknown> {
    const body = await traced(request, () => through(request, 0))
    return schema ? check(schema, body, request) : body
  }

  return {
    use(...steps) {
      middleware.push(...steps)
      return this
    },
    call,
    async accessToken() {
      if (stub) return STUB_TOKEN
      return tokens.get().catch(error => {
        throw explained(error, { path: TOKEN_PATH })
      })
    },
    [STUB](answer) {
      stub = answer
    },
    usage: counter.usage,
  }
}

function check<S extends v.GenericSchema>(schema: S, body: unknown, { method, path }: ApiCall): v.InferOutput<S> {
  const result = v.safeParse(schema, body)
  if (result.success) return result.output
  // The schema library's own message would quote the answer.
  const problem = result.issues
    .map(issue => `${v.getDotPath(issue) ?? 'the answer'} is not ${issue.expected ?? issue.type}`)
    .join('; ')
  // The query of a session webhook holds its secret.
  const url = path.split('?')[0] ?? path
  throw new ApiError(`${method} ${url} answered in an unexpected form (${problem}).`, {
    status: 200,
    code: 'ERR_API_ANSWER',
    call: { method, url },
  })
}
