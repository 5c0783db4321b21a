import { ApiError, type HttpClient, type HttpRequest } from '@dingware/transport'
import type * as v from 'valibot'
import { parse } from 'valibot'
import { createTokenSource } from './token.ts'

export interface ApiSettings {
  /** Base address of the OpenAPI, without a slash at the end. */
  readonly endpoint: string
  /** Base address of the old API. */
  readonly oapiEndpoint: string
  readonly credential: () => { readonly clientId: string; readonly clientSecret: string }
}

/** One call of the OpenAPI. */
export interface ApiCall {
  readonly method: HttpRequest['method']
  /** For example `/v1.0/card/instances`. */
  readonly path: string
  readonly query?: HttpRequest['query']
  /** Sent as JSON. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

/** The platform, the other direction. */
export interface Api {
  /**
   * Calls any OpenAPI with the app's token. Give a schema to have the answer checked and typed.
   *
   * @throws ApiError, NetworkError, TimeoutError
   * @example
   * const Me = v.object({ unionId: v.string() })
   * const { unionId } = await bot.api.call({ method: 'GET', path: '/v1.0/contact/users/me' }, Me)
   */
  call<S extends v.GenericSchema>(call: ApiCall, schema: S): Promise<v.InferOutput<S>>
  call(call: ApiCall): Promise<unknown>
  /** The app's access token, from the cache while it is good. */
  accessToken(): Promise<string>
}

export function createApi(http: HttpClient, settings: ApiSettings): Api {
  const tokens = createTokenSource(http, settings)

  const send = async (call: ApiCall, token: string): Promise<unknown> => {
    const { path, body, ...rest } = call
    const headers = { 'x-acs-dingtalk-access-token': token }
    return (await http.request({ ...rest, url: settings.endpoint + path, headers, json: body })).body
  }

  const sendWithToken = async (call: ApiCall): Promise<unknown> => {
    const token = await tokens.get()
    try {
      return await send(call, token)
    } catch (error) {
      // An expired token was refused before anything happened, so the repeat is safe.
      if (!isTokenRefused(error)) throw error
      tokens.drop(token)
      return send(call, await tokens.get())
    }
  }

  async function call<S extends v.GenericSchema>(request: ApiCall, schema?: S): Promise<unknown> {
    const body = await sendWithToken(request)
    return schema ? parse(schema, body) : body
  }

  return { call, accessToken: tokens.get }
}

/** An expired token is answered with HTTP 400 and `InvalidAuthentication`, not with 401 alone. */
function isTokenRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 401 || error.code === 'InvalidAuthentication')
}
