import type { App } from '../world/types.ts'
import type { ApiAnswer } from './answers.ts'

export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Headers
  readonly params: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
  /** The body as text. */
  readonly text: string
}

/**
 * One API of the platform. With `auth: 'token'` the handler runs only for a valid `x-acs-dingtalk-access-token`, and is
 * told whose it is.
 */
export type Route =
  | (RoutePlace & { readonly auth: 'none'; handle(request: ApiRequest): ApiAnswer | Promise<ApiAnswer> })
  | (RoutePlace & { readonly auth: 'token'; handle(request: ApiRequest, app: App): ApiAnswer | Promise<ApiAnswer> })

interface RoutePlace {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** With `:name` for a part that varies. */
  readonly path: string
}
