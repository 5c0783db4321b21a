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
