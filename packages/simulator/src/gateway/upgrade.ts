import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Clock } from '../clock/clock.ts'
import type { HandshakeFault } from '../faults/types.ts'
import { refuseUpgrade } from '../http/refuse-upgrade.ts'
import { type ConnectionOptions, createConnection } from './connection.ts'
import type { Hub } from './hub.ts'
import type { Records } from './records.ts'
import type { Tickets } from './tickets.ts'

/** Larger than any answer in the protocol; the official clients send far less. */
const LARGEST_FRAME = 1024 * 1024

export interface UpgradeDeps {
  readonly hub: Hub
  readonly tickets: Tickets
  readonly clock: Clock
  readonly corpId: string
  readonly records: Records
  readonly options: ConnectionOptions
  /** Armed faults: on the handshake, and on the connection right after it. */
  readonly handshakeFault: () => HandshakeFault | undefined
  readonly dropFault: () => boolean
}

/** Answers the WebSocket upgrade of a client that brings a good ticket. */
export function createUpgrade(deps: UpgradeDeps): (request: IncomingMessage, stream: Duplex, head: Buffer) => void {
  // Pongs are sent by the connection, so that a fault can silence them.
  const server = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: LARGEST_FRAME })

  return (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const fault = deps.handshakeFault()
    const answer = () => {
      if (stream.destroyed) return
      if (fault?.refuse !== undefined) refuseUpgrade(stream, fault.refuse)
      else accept(request, stream, head)
    }
    if (fault?.delay === undefined) answer()
    else deps.clock.after(fault.delay, answer)
  }

  function accept(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const client = url.pathname === '/connect' ? deps.tickets.redeem(url.searchParams.get('ticket') ?? '') : undefined
    if (!client || !(stream instanceof Socket)) {
      refuseUpgrade(stream, 400)
      return
    }
    server.handleUpgrade(request, stream, head, socket => {
      const connection = createConnection(socket, stream, {
        ...deps,
        client,
        nextMessageId: deps.hub.nextMessageId,
        onChange: deps.hub.changed,
      })
      deps.hub.add(connection)
      if (deps.dropFault()) connection.end(1001)
    })
  }
}
