import { createFaultQueue, type FaultQueue } from './queue.ts'
import { type Arming, createRules, type Rules } from './rules.ts'
import type { ApiFault, FlowControl, GatewayFault, HandshakeFault, PushFault, Victim } from './types.ts'

/** Faults of open connections. Each strikes at once, all of them unless told which, and returns how many it struck. */
export interface ConnectionFaults {
  /** Ends connections with a close frame; `code` is 1001 by default. */
  drop(options?: Victim & { readonly code?: number }): number
  /** Breaks connections with a TCP reset; over TLS, where Node cannot reset, without a word. */
  reset(victim?: Victim): number
  /** Goes silent: the TCP connections stay, but nothing is answered or sent on them any more. */
  halfOpen(victim?: Victim): number
  /**
   * SYSTEM `disconnect`: no more pushes, and the connection ends after `closeAfter` milliseconds (10,000 by default).
   * Acks are taken until then.
   */
  disconnect(options?: Victim & { readonly closeAfter?: number; readonly reason?: string }): number
  /** Sends `raw` as it is: a string as a text frame, bytes as a binary one. */
  garbage(raw: string | Uint8Array, victim?: Victim): number
}

/**
 * Faults on the way between the platform and a bot, for tests of how it copes.
 *
 * - `drop`, `reset`, `halfOpen`, `disconnect`, `garbage` strike open connections at once, and return how many they
 *   struck
 * - `gateway`, `handshake`, `acceptThenDrop` are armed for the next attempts to connect
 * - `api`, `push`, `flowControl` are armed for the next calls and pushes
 *
 * @example
 * sim.faults.drop() // the bot has to connect anew
 * sim.faults.api({ path: '/v1.0/card/streaming', fault: 'qps', times: 2 })
 *
 * Of several faults that match, the one that was armed first strikes. An armed fault stays until it has struck or
 * `clear()` is called.
 */
export interface Faults extends ConnectionFaults {
  /** Faults of `POST /v1.0/gateway/connections/open`. */
  readonly gateway: {
    /**
     * Answers the next calls of `connections/open` in the gateway's place.
     *
     * @example
     * sim.faults.gateway.answer({ status: 503, times: 3 })
     * sim.faults.gateway.answer({ delay: Infinity }) // hangs
     */
    answer(fault: GatewayFault): void
  }
  /** Delays or refuses the next WebSocket handshakes.
   *
   * @example
   * sim.faults.handshake({ refuse: 401 }) */
  handshake(fault: HandshakeFault): void
  /** Lets the next connections open, and drops them at once. */
  acceptThenDrop(options?: { readonly times?: number }): void
  /**
   * Answers the next calls of APIs in their place: one call, `times` calls, or each with a `probability`.
   *
   * @example
   * sim.faults.api({ path: '/v1.0/card/streaming', fault: 'qps', times: 2 })
   * sim.faults.api({ path: /batchSend$/, fault: 'cut', applied: true }) // sent, and nobody hears of it
   * sim.faults.api({ delay: 3_000, probability: 0.1 }) // some are slow
   * sim.faults.api({ fault: { status: 418, body: { code: 'teapot' } } })
   */
  api(fault: ApiFault): Arming
  /**
   * Strikes the next pushes: one, `times` of them, or each with a `probability`.
   *
   * @example
   * sim.faults.push({ fault: 'duplicate', times: 3 })
   */
  push(fault: PushFault): Arming
  /** Holds back direct messages of `batchSend`: the answer is 200 and names the people in `flowControlledStaffIdList`. */
  flowControl(fault?: FlowControl): Arming
  /** Disarms every fault that has strikes left. */
  clear(): void
}

export interface ArmedFaults {
  readonly gateway: FaultQueue<GatewayFault>
  readonly handshake: FaultQueue<HandshakeFault>
  readonly drop: FaultQueue<true>
  readonly api: Rules<ApiFault>
  readonly push: Rules<PushFault>
  readonly flowControl: Rules<FlowControl>
}

/** `random` decides where a fault has a probability. */
export function armedFaults(random: () => number): ArmedFaults {
  return {
    gateway: createFaultQueue(),
    handshake: createFaultQueue(),
    drop: createFaultQueue(),
    api: createRules(random),
    push: createRules(random),
    flowControl: createRules(random),
  }
}

export function createFaults(connections: ConnectionFaults, armed: ArmedFaults): Faults {
  return {
    ...connections,
    gateway: { answer: fault => armed.gateway.arm(fault, fault.times) },
    handshake: fault => armed.handshake.arm(fault, fault.times),
    acceptThenDrop: ({ times } = {}) => armed.drop.arm(true, times),
    api: fault => armed.api.arm(fault),
    push: fault => armed.push.arm(fault),
    flowControl: (fault = {}) => armed.flowControl.arm(fault),
    clear() {
      for (const faults of Object.values(armed)) faults.clear()
    },
  }
}
