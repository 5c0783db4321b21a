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
  /**
   * Makes what is sent out of the body, at the last moment: called once for each try, after the rate limit and right
   * before the network, with the body as the steps of `use` have left it. What it returns, or what its promise gives, is
   * sent; where it throws, the try fails with that. Default: the body as it is.
   *
   * Steps see `body`, and hand `prepare` on with the rest of the call. The frames of AI cards are such calls, so that each
   * shows the newest text however long it had to wait; there a step that gives another body has the last word.
   *
   * @example
   * const prepare = (body: unknown) => ({ ...Object(body), sentAt: Date.now() })
   * await bot.api.call({ method: 'POST', path, body: { orderId }, prepare })
   */
  readonly prepare?: ((body: unknown) => unknown) | undefined
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
