import { inspect } from 'node:util'
import { thrownText } from '../redact/thrown-text.ts'

const MARKER: unique symbol = Symbol.for('dingware.error')

/** Details of a {@link DingTalkError} that are not in its message. */
export interface DingTalkErrorOptions {
  /** Code for programs. Default `ERR_DINGTALK`. */
  readonly code?: string
  /** Error that led to this one. It stays reachable as `cause`, but is printed by its name and message only. */
  readonly cause?: unknown
}

/**
 * Base of every error that dingware throws. Its message names the mistake, its consequence and the remedy, and neither
 * that nor anything it prints holds a secret.
 *
 * Hint: `instanceof` fails when two copies of a package are installed; {@link DingTalkError.isInstance} does not.
 *
 * @example
 * try {
 *   await bot.start()
 * } catch (error) {
 *   if (!DingTalkError.isInstance(error)) throw error
 *   console.error(error.code, error.message)
 * }
 */
export class DingTalkError extends Error {
  /** True for errors of this class and below, of any installed copy of dingware. */
  static isInstance(value: unknown): value is DingTalkError {
    return typeof value === 'object' && value !== null && MARKER in value
  }

  /** Kind of the failure, for programs: the platform's own code (`authFailed`) or dingware's (`ERR_NETWORK`). */
  readonly code: string

  constructor(message: string, { code = 'ERR_DINGTALK', cause }: DingTalkErrorOptions = {}) {
    super(message)
    this.code = code
    define(this, 'name', new.target.name)
    define(this, MARKER, true)
    // Errors of libraries carry requests with their headers and bodies. They stay reachable, but do not print.
    if (cause !== undefined) define(this, 'cause', cause)
  }

  /** Fields, name and message, for `JSON.stringify`; neither the stack nor the cause. */
  toJSON(): Record<string, unknown> {
    return { ...ownFields(this), name: this.name, message: this.message }
  }
}

// Node's own inspect prints `cause` in full, with whatever a library keeps in it.
define(
  DingTalkError.prototype,
  inspect.custom,
  function inspectError(this: DingTalkError, _depth: number, options: object) {
    const cause = this.cause instanceof Error ? { cause: thrownText(this.cause) } : {}
    return `${this.stack ?? `${this.name}: ${this.message}`} ${inspect({ ...ownFields(this), ...cause }, options)}`
  },
)

function ownFields(error: Error): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error))
}

function define(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, configurable: true, writable: true })
}

/** Call that failed; without query, body and headers, because those hold tokens. */
export interface CallInfo {
  /** HTTP method, as in `POST`. */
  readonly method: string
  /** Scheme, host and path. */
  readonly url: string
}

/** Details of an {@link ApiError}. */
export interface ApiErrorDetails {
  readonly status: number
  readonly code: string
  readonly call: CallInfo
  readonly requestId?: string | undefined
  readonly requiredScopes?: readonly string[] | undefined
  /** Milliseconds. */
  readonly retryAfter?: number | undefined
  readonly cause?: unknown
}

/**
 * Refusal of a call by the platform: it answered, with a status other than 2xx or an `errcode` other than 0. `code` is
 * the platform's own (`HTTP_502` where the answer has none), `call` the method and address, for logs.
 *
 * Hint: with a status of 500 or more it is not known whether the call took effect, so sending it again may do it twice.
 *
 * @example
 * bot.catch(({ cause }) => {
 *   if (cause instanceof ApiError && cause.requiredScopes.length > 0) askFor(cause.requiredScopes)
 * })
 */
export class ApiError extends DingTalkError {
  /** HTTP status of the answer; 200 for most refusals of the old API. */
  readonly status: number
  /** Id by which DingTalk's support finds the call, where the platform gave one. */
  readonly requestId: string | undefined
  /** Permissions that the app lacks, as the platform names them; usually none. */
  readonly requiredScopes: readonly string[]
  /** Milliseconds to wait before another try, where the platform said so. */
  readonly retryAfter: number | undefined
  /** Call that was refused. Does not print: the message names it. */
  declare readonly call: CallInfo

  constructor(message: string, details: ApiErrorDetails) {
    super(message, details)
    this.status = details.status
    this.requestId = details.requestId
    this.requiredScopes = details.requiredScopes ?? []
    this.retryAfter = details.retryAfter
    define(this, 'call', details.call)
  }
}

/**
 * Failure on the way: the request did not arrive, or no usable answer came back. `code` is Node's (`ECONNREFUSED`,
 * `ENOTFOUND`) or dingware's (`ERR_NETWORK`, `ERR_PROXY_AUTH`, `ERR_ANSWER_TOO_LARGE`, …).
 *
 * Hint: whether the platform acted on the request is not known, so sending it again may do it twice.
 */
export class NetworkError extends DingTalkError {}

/**
 * End of a wait at its limit of time (`ERR_TIMEOUT`). A {@link NetworkError}, so whoever handles those handles it, too.
 */
export class TimeoutError extends NetworkError {}

/** Details of a {@link GatewayError}. */
export interface GatewayErrorOptions extends DingTalkErrorOptions {
  readonly fatal?: boolean
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
}

/**
 * Refusal of a connection by the gateway, or settings with which none can be asked for. The message names what to
 * check; `code` is the platform's (`authFailed`, `systemError`) or dingware's (`ERR_MISSING_CREDENTIAL`,
 * `ERR_ENDPOINT`).
 *
 * @example
 * await client.start().catch(error => {
 *   if (error instanceof GatewayError && error.fatal) process.exitCode = 1
 *   throw error
 * })
 */
export class GatewayError extends DingTalkError {
  /** True where another try with the same settings cannot succeed. */
  readonly fatal: boolean
  /** HTTP status of the gateway's answer, where it answered. */
  readonly status: number | undefined
  /** Id by which DingTalk's support finds the call, where the gateway gave one. */
  readonly requestId: string | undefined
  /** Milliseconds to wait before another try, where the gateway said so. */
  readonly retryAfter: number | undefined

  constructor(message: string, options: GatewayErrorOptions = {}) {
    super(message, options)
    this.fatal = options.fatal ?? false
    this.status = options.status
    this.requestId = options.requestId
    this.retryAfter = options.retryAfter
  }
}
