export type FrameType = 'SYSTEM' | 'EVENT' | 'CALLBACK'

/** A topic that a client subscribes to when it connects. */
export interface Subscription {
  /** The type of its frames. */
  readonly type: FrameType
  /** The topic; `*` for all events. */
  readonly topic: string
}

/** A frame that goes down the stream, as it stands on the wire. */
export interface Frame {
  readonly specVersion: '1.0'
  readonly type: FrameType
  readonly headers: Readonly<Record<string, string>>
  readonly data: string
}

/** A frame for `sim.push()`. */
export interface PushRequest {
  /** The `type` of the frame. */
  readonly type: FrameType
  /** The topic; for events `*`. */
  readonly topic: string
  /** A string is sent as it is, anything else as its JSON text. */
  readonly data: unknown
  /** Headers to set beside the usual ones, or in their place. */
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for the ack; the option `pushTimeout` by default. */
  readonly deadline?: number
}

/**
 * The result of a push.
 * - `acked`: the bot has answered, `latency` milliseconds after the push
 * - `timeout`: no ack within the deadline; one that comes later is marked `late` in `sim.frames`
 * - `closed`: the connection ended first
 * - `undelivered`: nobody was connected and subscribed
 *
 * @example
 * const result = await said.ack
 * if (result.status === 'acked') expect(result.code).toBe(200)
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

/** One push of a frame, and its ack. */
export interface Delivery {
  /** The `messageId` of the frame: new with each delivery, also of the same message. */
  readonly messageId: string
  /** Whether it was written to a connection. */
  readonly delivered: boolean
  /** The connection that got it; undefined when there was none. */
  readonly connectionId: string | undefined
  /** The result, once it is known. Never rejects. */
  readonly ack: Promise<AckResult>
}

/** A connection of a client to the stream. */
export interface ConnectionInfo {
  /** The `connectionId` of its frames. */
  readonly id: string
  /** The app that opened it. */
  readonly clientId: string
  /** The user agent that it gave, such as `dingtalk-sdk-python/v0.1.0`; may be empty. */
  readonly ua: string
  /** The topics that it asked for. */
  readonly subscriptions: readonly Subscription[]
  /** Milliseconds since the epoch. */
  readonly openedAt: number
  /** `draining`: told to disconnect, gets no more pushes. `silent`: made half-open by a fault. */
  readonly state: 'open' | 'draining' | 'silent'
}

/** A frame that went over a socket. */
export interface FrameRecord {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `down`: from the simulator to the client. `up`: from the client. */
  readonly direction: 'down' | 'up'
  /** The connection that it went over. */
  readonly connectionId: string
  /** The frame as it went over the wire. */
  readonly raw: string
  /** `raw` as JSON; undefined when it is none. */
  readonly frame: unknown
  /** On frames of the client: whether it was a good ack, one after the deadline, or against the protocol. */
  readonly verdict?: 'ok' | 'late' | 'violation'
}

/** Something that a client did against the protocol. */
export interface Violation {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Empty for what was not done to a connection: the content of an answer, or a call. */
  readonly connectionId: string
  /** The explanation. */
  readonly reason: string
  /** The frame, the answer or the body as it came. */
  readonly raw: string
}

/** A push whose result is known: it was acked, or its deadline or its connection ended. */
export interface Settled {
  /** The connection that got it. */
  readonly connectionId: string
  /** The `messageId` of its frame. */
  readonly messageId: string
  /** The result. */
  readonly result: AckResult
}

export type GatewayEvent =
  | { readonly type: 'connections'; readonly connections: readonly ConnectionInfo[] }
  | { readonly type: 'frame'; readonly frame: FrameRecord }
  | { readonly type: 'violation'; readonly violation: Violation }
  | { readonly type: 'settled'; readonly settled: Settled }
