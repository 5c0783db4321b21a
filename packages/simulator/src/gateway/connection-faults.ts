import { TLSSocket } from 'node:tls'
import type { Clock } from '../clock/clock.ts'
import type { ConnectionFaults } from '../faults/faults.ts'
import type { Victim } from '../faults/types.ts'
import type { Connection } from './connection.ts'
import type { Hub } from './hub.ts'

/** Milliseconds from SYSTEM `disconnect` to the end of the TCP connection. */
const TAIL = 10_000
/** The only reason that was seen (dingtalk-stream-sdk-python#22, and logs up to 2026-08). */
const IDLE = 'persistent connection is timeout'

/** Faults of connections that are open now: they strike at once, and all of them unless told which. */
export function createConnectionFaults(hub: Hub, clock: Clock): ConnectionFaults {
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
