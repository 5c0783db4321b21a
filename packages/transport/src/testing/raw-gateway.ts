import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

export interface RawGateway extends AsyncDisposable {
  readonly clientId: string
  readonly clientSecret: string
  readonly url: string
  /** Targets of the handshakes so far, as they stood on the wire. */
  readonly handshakes: readonly string[]
  /** Sockets that were opened, in their order. */
  readonly sockets: readonly WebSocket[]
}

export interface RawGatewayOptions {
  /** The ticket of the next answer. */
  readonly ticket?: () => string
  /** Answers an open call in the gateway's stead, with a status and a text. */
  readonly answer?: () => { readonly status: number; readonly text: string }
  /** Takes over a handshake, unless it returns false. */
  readonly onHandshake?: (stream: Duplex, request: IncomingMessage) => unknown
  /** Takes each socket that was opened: by default it is only read, and pings are answered. */
  readonly onSocket?: (socket: WebSocket) => void
}

/** A gateway without manners, for what the simulator would never do: it keeps no rules and checks none. */
export async function startRawGateway(options: RawGatewayOptions = {}): Promise<RawGateway> {
  const { ticket = () => 'a-ticket', answer, onHandshake = () => false, onSocket = () => {} } = options
  const handshakes: string[] = []
  const sockets: WebSocket[] = []
  const streams = new Set<Duplex>()
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 * 1024 })
  const server = createServer((request, response) => {
    request.resume()
    const endpoint = `${url.replace('http', 'ws')}/connect`
    const { status, text } = answer?.() ?? { status: 200, text: JSON.stringify({ endpoint, ticket: ticket() }) }
    response.writeHead(status, { 'content-type': 'application/json' }).end(text)
  })
  server.on('upgrade', (request, stream, head) => {
    handshakes.push(request.url ?? '')
    streams.add(stream)
    stream.on('error', () => stream.destroy()).once('close', () => streams.delete(stream))
    if (onHandshake(stream, request) !== false) return
    acceptor.handleUpgrade(request, stream, head, socket => {
      sockets.push(socket)
      socket.on('error', () => {})
      onSocket(socket)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    clientId: 'ding-raw',
    clientSecret: 'raw-secret',
    url,
    handshakes,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const stream of streams) stream.destroy()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
