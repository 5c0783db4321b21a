import type { Pattern } from '../utils/pattern.ts'
import type { ApiFaultName } from './api-fault-names.ts'
import type { Strikes } from './rules.ts'

/** How many times a fault strikes; one that is not told strikes once. */
interface Armed {
  readonly times?: number
}

/** What the next open calls get. Without a status the right answer comes, only after `delay`. */
export interface GatewayFault extends Armed {
  readonly status?: number
  /** A string is sent as it is (HTML, say), anything else as JSON. */
  readonly body?: unknown
  readonly contentType?: string
  /** Milliseconds. */
  readonly delay?: number
}

/** What the next WebSocket handshakes meet. */
export interface HandshakeFault extends Armed {
  /** Milliseconds until the handshake goes on. */
  readonly delay?: number
  /** The HTTP status that refuses it. */
  readonly refuse?: number
}

/** Which connection a fault strikes: one, or all of them. */
export interface Victim {
  readonly connectionId?: string
}

/** What the next calls of APIs get. Without a `fault` the right answer comes, only after `delay`. */
export interface ApiFault extends Strikes {
  /** The path, `*` in it standing for anything. By default every API but those for tokens and connections. */
  readonly path?: Pattern
  readonly method?: string
  /** A fault by name, or an answer of one's own: a string as `body` is sent as it is, anything else as JSON. */
  readonly fault?: ApiFaultName | ApiFaultAnswer
  /** Whether the request does its work all the same, and only the answer is lost. False by default. */
  readonly applied?: boolean
  /** Milliseconds until the answer. */
  readonly delay?: number
  /** The HTTP status of `serverError`, `html` and `empty`. */
  readonly status?: number
  /** Seconds in a `Retry-After` header of `rateLimit`, which has none by default: the platform was never seen to send one. */
  readonly retryAfter?: number
  /** For `permission`; by default what the API really needs. */
  readonly scopes?: readonly string[]
}

export interface ApiFaultAnswer {
  readonly status: number
  readonly body?: unknown
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * What the next pushes meet.
 * - `duplicate`: comes twice, the second time with another delivery id
 * - `garbage`: text that is no frame comes first
 * - `lost`: never comes, and counts as not answered
 */
export interface PushFault extends Strikes {
  readonly fault: 'duplicate' | 'garbage' | 'lost'
  /** The topic, `*` in it standing for anything; by default every topic but those of SYSTEM frames. */
  readonly topic?: Pattern
}

/** Direct messages that the platform holds back, which a 200 tells in `flowControlledStaffIdList`. */
export interface FlowControl extends Strikes {
  /** Whose; anybody's by default. */
  readonly user?: { readonly nick: string }
}
