export type FrameType = 'SYSTEM' | 'EVENT' | 'CALLBACK'

export interface Subscription {
  readonly type: FrameType
  readonly topic: string
}

/** What goes down the stream. */
export interface Frame {
  readonly specVersion: '1.0'
  readonly type: FrameType
  readonly headers: Readonly<Record<string, string>>
  readonly data: string
}

export interface PushRequest {
  readonly type: FrameType
  /** For events `*`. */
  readonly topic: string
  /** A string is sent as it is, anything else as its JSON text. */
  readonly data: unknown
  /** Added to the usual headers, or put in their place. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for the ack, when it is not the simulator's `pushTimeout`. */
  readonly deadline?: number
}

/**
 * What came of a push. `timeout`: no ack within the deadline (one that comes later is marked `late` in `sim.frames`).
 * `closed`: the connection ended first. `undelivered`: nobody was connected and subscribed.
 */
export type AckResult =
  | {
      readonly status: 'acked'
      readonly code: number
      readonly data: string
      readonly message: string | undefined
      /** Milliseconds from the push to the ack. */
      readonly latency: number
    }
  | { readonly status: 'timeout' | 'closed' | 'undelivered' }

export interface Delivery {
  readonly messageId: string
  /** Whether it was written to a connection. */
  readonly delivered: boolean
  readonly connectionId: string | undefined
  /** Never rejects. */
  readonly ack: Promise<AckResult>
}

export interface ConnectionInfo {
  readonly id: string
  readonly clientId: string
  readonly ua: string
  readonly subscriptions: readonly Subscription[]
  /** Milliseconds since the epoch. */
  readonly openedAt: number
  /** `draining`: told to go, gets no more pushes. `silent`: made half-open by a fault. */
  readonly state: 'open' | 'draining' | 'silent'
}

/** A frame that went over a socket. */
export interface FrameRecord {
  readonly at: number
  readonly direction: 'down' | 'up'
  readonly connectionId: string
  readonly raw: string
  /** `raw` as JSON; undefined when it is none. */
  readonly frame: unknown
  /** On frames of the client: whether it was a good ack, one after the deadline, or against the protocol. */
  readonly verdict?: 'ok' | 'late' | 'violation'
}

/** Something a client did against the protocol. */
export interface Violation {
  readonly at: number
  /** Empty for what was not done to a connection: the content of an answer, or a call. */
  readonly connectionId: string
  readonly reason: string
  readonly raw: string
}

/** A push whose fate is known: it was acked, or its deadline or its connection ended. */
export interface Settled {
  readonly connectionId: string
  readonly messageId: string
  readonly result: AckResult
}

export type GatewayEvent =
  | { readonly type: 'connections'; readonly connections: readonly ConnectionInfo[] }
  | { readonly type: 'frame'; readonly frame: FrameRecord }
  | { readonly type: 'violation'; readonly violation: Violation }
  | { readonly type: 'settled'; readonly settled: Settled }
