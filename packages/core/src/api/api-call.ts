import type { HttpRequest } from '@dingware/transport'

/** One call of the platform. */
export interface ApiCall {
  readonly method: HttpRequest['method']
  /** For example `/v1.0/card/instances`; the whole address of a session webhook. */
  readonly path: string
  /** `api` (default) is the OpenAPI, `oapi` the old API, `webhook` a session webhook, which takes no token. */
  readonly base?: 'api' | 'oapi' | 'webhook' | undefined
  readonly query?: HttpRequest['query']
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as multipart, in place of a body. */
  readonly form?: HttpRequest['form']
  /**
   * Whether doing it twice is the same as doing it once, so that it may be repeated when its fate is unknown. Default:
   * true for GET, PUT and cards.
   */
  readonly idempotent?: boolean | undefined
  /** Lower goes first where calls wait for the rate limit. Default 1. */
  readonly priority?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

/** A step on the way out: looks at a call, changes it, answers it, repeats it. */
export type ApiMiddleware = (call: ApiCall, next: (call?: ApiCall) => Promise<unknown>) => Promise<unknown>
