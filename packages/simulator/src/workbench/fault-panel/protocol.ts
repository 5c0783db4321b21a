import type { ApiFaultName } from '../../faults/api-fault-names.ts'
import type { PushFault } from '../../faults/types.ts'
import type { Switches } from '../../options/switches.ts'

/**
 * The protocol between the fault panel of the page and the simulator. Types only, as in page/protocol.ts.
 *
 * - `GET /_sim/faults/events`: server-sent events, each `data` the whole {@link FaultState}
 * - `POST /_sim/faults` ({@link FaultRequest}): answers 200 with a {@link FaultState}, 400 with `{ "error": "…" }`
 *
 * JSON knows no Infinity: a number without end is null here.
 */
export interface FaultState {
  /** Armed faults that have strikes left. */
  readonly armed: readonly ArmedView[]
  readonly connections: readonly { readonly id: string; readonly ua: string; readonly state: string }[]
  /** Milliseconds that the simulator's time is ahead of the machine's. */
  readonly ahead: number
  /** Every permission that an API of the simulator asks for, and whether the app has it. */
  readonly permissions: readonly { readonly scope: string; readonly granted: boolean }[]
  readonly quotas: Readonly<Record<'api' | 'push', { readonly used: number; readonly limit: number | null }>>
  readonly throttle: {
    readonly general: number | null
    readonly special: readonly { readonly path: string; readonly perSecond: number | null }[]
  }
  readonly switches: SwitchValues
  /** The APIs there are, to choose from. */
  readonly apis: readonly string[]
  /** Topics that can be pushed, to choose from. */
  readonly topics: readonly string[]
}

export type FaultKind = 'api' | 'push' | 'flowControl' | 'gateway' | 'handshake' | 'drop'

export interface ArmedView {
  readonly family: FaultKind
  readonly id: number
  /** The fault in a word: its name, or its HTTP status. */
  readonly name: string
  /** The path, topic or person that it strikes; all of them when missing. */
  readonly where?: string
  readonly delay?: number | null
  readonly probability?: number
  /** The strikes that are left; null for no end. */
  readonly left: number | null
  readonly struck: number
}

/** Switches as they go over the wire. */
export type SwitchValues = {
  readonly [K in keyof Switches]: Switches[K] extends number ? number | null : Switches[K]
}

interface Times {
  readonly times?: number
  readonly probability?: number
}

export type FaultRequest =
  | ({
      readonly kind: 'api'
      readonly path?: string
      readonly method?: string
      readonly fault?: ApiFaultName
      readonly applied?: boolean
      readonly delay?: number
      readonly status?: number
      readonly retryAfter?: number
      readonly scopes?: readonly string[]
    } & Times)
  | ({ readonly kind: 'push'; readonly fault: PushFault['fault']; readonly topic?: string } & Times)
  | ({ readonly kind: 'flowControl'; readonly nick?: string } & Times)
  /** Without a status the right answer comes, only later; without a delay either it is as usual. */
  | { readonly kind: 'gateway'; readonly status?: number; readonly delay?: number; readonly times?: number }
  | { readonly kind: 'handshake'; readonly refuse?: number; readonly delay?: number; readonly times?: number }
  | { readonly kind: 'drop'; readonly times?: number }
  /** `code` is that of `drop`; `closeAfter` and `reason` are those of `disconnect`. */
  | {
      readonly kind: 'strike'
      readonly strike: Strike
      readonly connectionId?: string
      readonly code?: number
      readonly closeAfter?: number
      readonly reason?: string
    }
  | { readonly kind: 'disarm'; readonly family: FaultKind; readonly id: number }
  | { readonly kind: 'clear' }
  | { readonly kind: 'advance'; readonly ms: number }
  | { readonly kind: 'permission'; readonly scope: string; readonly granted: boolean }
  | {
      readonly kind: 'quota'
      readonly meter: 'api' | 'push'
      readonly used?: number
      readonly limit?: number | null
    }
  | { readonly kind: 'throttle'; readonly path?: string; readonly perSecond: number | null }
  /** Takes back the limit of one path, which null would lift. */
  | { readonly kind: 'release'; readonly path: string }
  | { readonly kind: 'switches'; readonly values: Partial<SwitchValues> }

/** A fault that strikes open connections at once. */
export type Strike = 'disconnect' | 'drop' | 'reset' | 'halfOpen' | 'garbage'
