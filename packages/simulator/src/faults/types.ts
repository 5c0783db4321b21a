import type { Pattern } from '../utils/pattern.ts'
import type { ApiFaultName } from './api-fault-names.ts'
import type { Strikes } from './rules.ts'

/** The number of times that a fault strikes: 1 by default. */
interface Armed {
  readonly times?: number
}

/** A fault of the next calls of `connections/open`. Without a `status` the right answer comes, only after `delay`. */
export interface GatewayFault extends Armed {
  /** The HTTP status; without one the right answer comes. */
  readonly status?: number
  /** A string is sent as it is (HTML, say), anything else as JSON. */
  readonly body?: unknown
  /** The Content-Type of `body`. */
  readonly contentType?: string
  /** Milliseconds until the answer; none by default. Infinity: never an answer. */
  readonly delay?: number
}

/** A fault of the next WebSocket handshakes. */
export interface HandshakeFault extends Armed {
  /** Milliseconds until the handshake goes on. */
  readonly delay?: number
  /** The HTTP status that refuses it. */
  readonly refuse?: number
}

/** The connection that a fault strikes: one, or all of them when no id is given. */
export interface Victim {
  /** The id of the connection: `sim.connections` lists them. */
  readonly connectionId?: string
}

/**
 * A fault of the next calls of APIs. Without a `fault` the right answer comes, only after `delay`.
 *
 * @example
 * sim.faults.api({ path: /batchSend$/, fault: 'cut', applied: true }) // sent, and nobody hears of it
 */
export interface ApiFault extends Strikes {
  /** The path, `*` in it standing for anything. By default every API but those for tokens and connections. */
  readonly path?: Pattern
  /** The HTTP method; any by default. */
  readonly method?: string
  /** The name of a fault, or any answer. By default the right answer. */
  readonly fault?: ApiFaultName | ApiFaultAnswer
  /** Whether the request does its work all the same, and only the answer is lost. False by default. */
  readonly applied?: boolean
  /** Milliseconds until the answer; none by default. */
  readonly delay?: number
  /** The HTTP status of `serverError`, `html` and `empty`. */
  readonly status?: number
  /** Seconds in a `Retry-After` header of `rateLimit`, which has none by default: the platform was never seen to send one. */
  readonly retryAfter?: number
  /** For `permission`; by default what the API really needs. */
  readonly scopes?: readonly string[]
}

/**
 * An answer to send in place of the platform's.
 *
 * @example
 * sim.faults.api({ fault: { status: 418, body: { code: 'teapot' } } })
 */
export interface ApiFaultAnswer {
  /** The HTTP status. */
  readonly status: number
  /** A string is sent as it is, anything else as JSON; empty by default. */
  readonly body?: unknown
  /** The Content-Type: that of HTML for a string, that of JSON otherwise. */
  readonly contentType?: string
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A fault of the next pushes.
 * - `duplicate`: comes twice, the second time with another delivery id
 * - `garbage`: text that is no frame comes first
 * - `lost`: never comes, and counts as not answered
 */
export interface PushFault extends Strikes {
  /** The kind of fault, see above. */
  readonly fault: 'duplicate' | 'garbage' | 'lost'
  /** The topic, `*` in it standing for anything; by default every topic but those of SYSTEM frames. */
  readonly topic?: Pattern
}

/**
 * Flow control of direct messages: `batchSend` answers 200, names the people in `flowControlledStaffIdList`, and sends
 * them nothing.
 *
 * @example
 * sim.faults.flowControl({ user: alice })
 */
export interface FlowControl extends Strikes {
  /** The person whose messages are held back; anybody by default. */
  readonly user?: { readonly nick: string }
}
