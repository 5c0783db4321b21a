import type { App } from '../world/types.ts'
import type { ApiAnswer } from './answers.ts'

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly params: Readonly<Record<string, string>>
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The body as text. */
  readonly text: string
  /** The IP address of the caller, as far as it is known. */
  readonly address: string
}

/**
 * One API of the platform. With `auth: 'token'` (api.dingtalk.com) the handler runs only for a valid
 * `x-acs-dingtalk-access-token`, with `auth: 'query'` (oapi.dingtalk.com) for a valid `access_token` in the query; it is
 * told whose it is.
 */
export type Route =
  | (RouteOptions & { readonly auth: 'none'; handle(request: ApiRequest): ApiAnswer | Promise<ApiAnswer> })
  | (RouteOptions & {
      readonly auth: 'token' | 'query'
      handle(request: ApiRequest, app: App): ApiAnswer | Promise<ApiAnswer>
    })

export interface RouteOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `:name` for a part that varies. */
  readonly path: string
  /** The permission that the app must have been given. */
  readonly scope?: string
  /** The style of its errors: HTTP status and `code` (`v1`, the default), or HTTP 200 and `errcode`. */
  readonly style?: 'v1' | 'oapi'
  /** False: neither throttled nor counted toward the month (tokens, contacts; the file host is no API at all). */
  readonly metered?: boolean
  /** True for routes that give out tokens or connections, or are no API: faults strike them only when they name the path. */
  readonly faultsByPathOnly?: boolean
}
