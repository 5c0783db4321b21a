import { inspect } from 'node:util'
import { thrownText } from '../redact/thrown-text.ts'

const MARKER: unique symbol = Symbol.for('dingware.error')

export interface DingTalkErrorOptions {
  readonly code?: string
  readonly cause?: unknown
}

/**
 * The base of every error that dingware throws.
 *
 * Hint: `instanceof` fails when two copies of a package are installed; {@link DingTalkError.isInstance} does not.
 */
export class DingTalkError extends Error {
  /** True for errors of this class and below, of any installed copy of dingware. */
  static isInstance(value: unknown): value is DingTalkError {
    return typeof value === 'object' && value !== null && MARKER in value
  }

  /** What went wrong, for programs: the platform's own code (`authFailed`) or dingware's (`ERR_NETWORK`). */
  readonly code: string

  constructor(message: string, { code = 'ERR_DINGTALK', cause }: DingTalkErrorOptions = {}) {
    super(message)
    this.code = code
    define(this, 'name', new.target.name)
    define(this, MARKER, true)
    // Errors of libraries carry requests with their headers and bodies. They stay reachable, but do not print.
    if (cause !== undefined) define(this, 'cause', cause)
  }

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

/** Which call failed; without query, body and headers, because those hold tokens. */
export interface CallInfo {
  readonly method: string
  /** Host and path. */
  readonly url: string
}

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

/** The platform answered, and said no. */
export class ApiError extends DingTalkError {
  readonly status: number
  readonly requestId: string | undefined
  /** Permissions that the app lacks, as the platform names them. */
  readonly requiredScopes: readonly string[]
  /** Milliseconds to wait, where the platform said so. */
  readonly retryAfter: number | undefined
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

/** The request did not arrive, or no answer came back: DNS, refused, reset, TLS, proxy. */
export class NetworkError extends DingTalkError {}

/** A wait was given up after its limit. */
export class TimeoutError extends NetworkError {}

export interface GatewayErrorOptions extends DingTalkErrorOptions {
  readonly fatal?: boolean
  readonly status?: number | undefined
  readonly requestId?: string | undefined
  readonly retryAfter?: number | undefined
}

/** The gateway did not give a connection. The message names what to check. */
export class GatewayError extends DingTalkError {
  /** True where another try with the same settings cannot succeed. */
  readonly fatal: boolean
  readonly status: number | undefined
  readonly requestId: string | undefined
  /** Milliseconds to wait, where the gateway said so. */
  readonly retryAfter: number | undefined

  constructor(message: string, options: GatewayErrorOptions = {}) {
    super(message, options)
    this.fatal = options.fatal ?? false
    this.status = options.status
    this.requestId = options.requestId
    this.retryAfter = options.retryAfter
  }
}
