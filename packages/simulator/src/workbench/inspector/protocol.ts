/**
 * The protocol between the inspector of the page and the simulator. Types only, as in page/protocol.ts.
 *
 * - `GET /_sim/inspector/events?text=…`: server-sent events, each `data` one {@link InspectorEvent}; with `text` only
 *   entries that have it in them
 * - `GET /_sim/inspector/entries/:id`: an {@link EntryDetail}
 * - `POST /_sim/inspector/entries/:id/replay`: pushes the same payload again; answers 202 with a {@link Replayed}
 * - `GET /_sim/inspector/fixture?conversationId=…`: the session as a file for `sim.replay`
 *
 * Whatever is a secret is replaced by a placeholder before it leaves the server.
 */

/**
 * - `push`: a frame to the bot, `ack`: the bot's answer to one
 * - `system`: pings, SYSTEM disconnect and their answers; connections that come and go
 * - `call`: an API call
 * - `violation`: something against the protocol that is no frame
 */
export type EntryKind = 'push' | 'ack' | 'system' | 'call' | 'violation'

/**
 * - `waiting`: a push without its ack so far
 * - `late`: acked after the deadline
 * - `failed`: refused, not acked in time, acked with a code other than 200, or against the protocol
 */
export type EntryState = 'waiting' | 'ok' | 'late' | 'failed'

/** One line of the timeline. A later one with the same `id` takes its place. */
export interface InspectorEntry {
  readonly id: number
  /** Milliseconds since the epoch, by the simulator's clock. */
  readonly at: number
  readonly kind: EntryKind
  /** From the simulator to the bot (`down`), or the other way. */
  readonly direction: 'down' | 'up'
  /** The topic of a frame, method and path of a call. */
  readonly title: string
  /** The conversations that it belongs to; may be none. */
  readonly conversationIds: readonly string[]
  readonly state: EntryState
  /** Of an ack, an HTTP status, or an errcode; 0 for a connection that was cut. */
  readonly code?: number
  /** Milliseconds: from a push to its ack, from a call to its answer. */
  readonly duration?: number
  /** A remark: the fault that struck, the violation of the protocol, the reason why there is no ack. */
  readonly note?: EntryNote
  /** The beginning of what it carries. */
  readonly preview: string
  /** Whether it can be pushed again. */
  readonly replayable: boolean
}

export type EntryNote =
  | { readonly kind: 'violation'; readonly reason: string }
  | { readonly kind: 'fault'; readonly name: string }
  | { readonly kind: 'later' | 'timeout' | 'closed' }
  | { readonly kind: 'connection'; readonly state: 'opened' | 'closed' | 'draining' | 'silent' }

export interface EntryDetail {
  readonly entry: InspectorEntry
  /** The parts of it, in the order in which one reads them. JSON within texts is shown as the value it is. */
  readonly parts: readonly EntryPart[]
  /** The whole as one JSON text. */
  readonly json: string
  /** The call as a command line; only of calls. */
  readonly curl?: string
}

export interface EntryPart {
  readonly name: 'headers' | 'data' | 'query' | 'body' | 'answer' | 'raw' | 'reason'
  readonly value: unknown
}

export interface Replayed {
  readonly delivered: boolean
  readonly messageId: string
}

/** `limit` is null where there is none. */
export interface MeterReading {
  readonly used: number
  readonly limit: number | null
}

/** The usage of everything that is limited. */
export interface Meters {
  /** Of the month. */
  readonly api: MeterReading
  readonly push: MeterReading
  /** APIs that were called within the last second. */
  readonly qps: readonly (MeterReading & { readonly api: string })[]
  /** Messages by session webhook within the last minute, by conversation. */
  readonly webhook: readonly (MeterReading & { readonly conversationId: string; readonly refusedUntil: number })[]
}

export type InspectorEvent =
  /** Everything so far. `run` is this simulator's alone: in another one, on the same port maybe, ids begin anew. */
  | {
      readonly type: 'timeline'
      readonly run: string
      readonly entries: readonly InspectorEntry[]
      readonly most: number
    }
  /** New entries, or newer states of entries. */
  | { readonly type: 'entries'; readonly entries: readonly InspectorEntry[] }
  | { readonly type: 'meters'; readonly meters: Meters }
