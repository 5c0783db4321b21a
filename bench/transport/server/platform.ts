import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

/** A client's socket, and the TCP connection beneath it. */
export interface Connection {
  readonly socket: WebSocket
  readonly tcp: Duplex
}

/** The platform's side: the gateway's route, and the sockets that it leads to. */
export interface Platform {
  readonly url: string
  /** Connections that pushes may go to. */
  readonly live: Set<Connection>
  /** Resolves when at least `count` connections are live. */
  readonly untilLive: (count: number) => Promise<void>
}

export async function openPlatform(): Promise<Platform> {
  const live = new Set<Connection>()
  let onConnection = (): void => {}
  const http = createServer((request, response) => {
    request.resume().once('end', () => {
      const isOpen = request.method === 'POST' && request.url === '/v1.0/gateway/connections/open'
      response.writeHead(isOpen ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(isOpen ? { endpoint: `ws://${host}/connect`, ticket: randomUUID() } : {}))
    })
  })
  const sockets = new WebSocketServer({ server: http, path: '/connect' })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const host = `127.0.0.1:${(http.address() as AddressInfo).port}`

  sockets.on('connection', (socket, request) => {
    const connection = { socket, tcp: request.socket }
    live.add(connection)
    socket.on('close', () => live.delete(connection)).on('error', () => {})
    onConnection()
  })

  return {
    url: `http://${host}`,
    live,
    untilLive: count =>
      new Promise(resolve => {
        onConnection = () => {
          if (live.size >= count) resolve()
        }
        onConnection()
      }),
  }
}
