import { TLSSocket } from 'node:tls'
import type { Clock } from '../clock/clock.ts'
import type { Connection } from '../gateway/connection.ts'
import type { Hub } from '../gateway/hub.ts'
import { type Armed, createArmed } from './armed.ts'
import { type Arming, createRules, type Rules } from './rules.ts'
import type { ApiFault, FlowControl, GatewayFault, HandshakeFault, PushFault, Victim } from './types.ts'

/** Milliseconds from SYSTEM `disconnect` to the end of the TCP connection. */
const TAIL = 10_000
/** The only reason that was seen (dingtalk-stream-sdk-python#22, and logs up to 2026-08). */
const IDLE = 'persistent connection is timeout'

/** What can go wrong on the way. Each that strikes connections strikes all of them unless told which; it says how many. */
export interface Faults {
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
  readonly gateway: {
    /**
     * What the next open calls get.
     *
     * @example
     * sim.faults.gateway.answer({ status: 503, times: 3 })
     * sim.faults.gateway.answer({ delay: Infinity }) // hangs
     */
    answer(fault: GatewayFault): void
  }
  /** What the next WebSocket handshakes meet. */
  handshake(fault: HandshakeFault): void
  /** Lets the next connections open, and drops them at once. */
  acceptThenDrop(options?: { readonly times?: number }): void
  /**
   * What the next calls of APIs get: one call, or as many as `times` says, or by `probability`.
   *
   * @example
   * sim.faults.api({ path: '/v1.0/card/streaming', fault: 'qps', times: 2 })
   * sim.faults.api({ path: /batchSend$/, fault: 'cut', applied: true }) // sent, and nobody hears of it
   * sim.faults.api({ delay: 3_000, probability: 0.1 }) // some are slow
   * sim.faults.api({ fault: { status: 418, body: { code: 'teapot' } } })
   */
  api(fault: ApiFault): Arming
  /**
   * What the next pushes meet.
   *
   * @example
   * sim.faults.push({ fault: 'duplicate', times: 3 })
   */
  push(fault: PushFault): Arming
  /** Holds back direct messages, which the answer tells in `flowControlledStaffIdList`. */
  flowControl(fault?: FlowControl): Arming
  /** Disarms what has not struck yet. */
  clear(): void
}

export interface ArmedFaults {
  readonly gateway: Armed<GatewayFault>
  readonly handshake: Armed<HandshakeFault>
  readonly drop: Armed<true>
  readonly api: Rules<ApiFault>
  readonly push: Rules<PushFault>
  readonly flowControl: Rules<FlowControl>
}

/** `random` decides where a fault has a probability. */
export function armedFaults(random: () => number): ArmedFaults {
  return {
    gateway: createArmed(),
    handshake: createArmed(),
    drop: createArmed(),
    api: createRules(random),
    push: createRules(random),
    flowControl: createRules(random),
  }
}

export function createFaults(hub: Hub, clock: Clock, armed: ArmedFaults): Faults {
  const strike = (victim: Victim, hit: (connection: Connection) => unknown): number => {
    const { connectionId } = victim
    const struck = hub.connections.filter(({ info }) => connectionId === undefined || info.id === connectionId)
    for (const connection of struck) hit(connection)
    return struck.length
  }

  return {
    drop: ({ code = 1001, ...victim } = {}) => strike(victim, it => it.end(code)),
    reset: (victim = {}) => strike(victim, breakOff),
    halfOpen: (victim = {}) => strike(victim, silence),
    disconnect({ closeAfter = TAIL, reason = IDLE, ...victim } = {}) {
      return strike(victim, it => {
        void it.push({ type: 'SYSTEM', topic: 'disconnect', data: { reason } })
        it.retire('draining')
        clock.after(closeAfter, () => it.end())
      })
    },
    garbage: (raw, victim = {}) => strike(victim, it => void it.send(raw)),
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

/** A TCP reset. Node leaves a socket open for ever that is reset while it is being ended, and resets none of TLS: those are cut. */
function breakOff({ tcp }: Connection): void {
  if (tcp.writableEnded || tcp instanceof TLSSocket) tcp.destroy()
  else tcp.resetAndDestroy()
}

/** Reads on below the WebSocket, so that the end of the client is still seen, and answers nothing. */
function silence(connection: Connection): void {
  connection.retire('silent')
  connection.tcp.removeAllListeners('data')
  connection.tcp.on('data', () => {})
}
