import type { HttpRequest } from '@dingware/transport'

/** One HTTP call of DingTalk's APIs, as `api.call` and outgoing middleware get it. */
export interface ApiCall {
  /** HTTP method. */
  readonly method: HttpRequest['method']
  /** Path, such as `/v1.0/card/instances`; for `base: 'webhook'` the whole URL. */
  readonly path: string
  /**
   * API family: `api` (default) for the OpenAPI (api.dingtalk.com), `oapi` for the old API (oapi.dingtalk.com),
   * `webhook` for a session webhook, which needs no token.
   */
  readonly base?: 'api' | 'oapi' | 'webhook' | undefined
  /** Query parameters. */
  readonly query?: HttpRequest['query']
  /** Body, sent as JSON. */
  readonly body?: unknown
  /** Multipart form, sent in place of `body`. */
  readonly form?: HttpRequest['form']
  /**
   * True if calling twice has the same effect as calling once: then it may be repeated even if it is unknown whether
   * the first one was executed. Default: true for GET, PUT, and the card and token APIs, else false.
   */
  readonly idempotent?: boolean | undefined
  /** Priority while calls wait for the rate limit: lower goes first. Default 1. */
  readonly priority?: number | undefined
  /** Aborts the call, also while it waits for the rate limit or for a retry. */
  readonly signal?: AbortSignal | undefined
  /** Timeout of one attempt, in milliseconds. Default 10,000. */
  readonly timeout?: number | undefined
}

/**
 * Middleware for outgoing calls (`bot.api.use`): may change a call, answer it itself, or repeat it by calling `next`
 * again. Without an argument `next` sends the same call. Resolves to the parsed body of the answer.
 */
export type ApiMiddleware = (call: ApiCall, next: (call?: ApiCall) => Promise<unknown>) => Promise<unknown>
