import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { refuseUpgrade } from './refuse-upgrade.ts'

/** The page only listens. */
const LARGEST_MESSAGE = 1_024

/**
 * Carries server-sent events over a WebSocket, one message for each event: a browser opens no more than six connections
 * to a host by HTTP, which three tabs of the page would use up. Whoever may not have the events is refused as by `fetch`.
 */
export function createEventSockets(
  fetch: (request: Request) => Response | Promise<Response>,
): (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void> {
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE })
  return async (incoming, stream, head) => {
    stream.on('error', () => stream.destroy())
    const { host = 'localhost', origin } = incoming.headers
    const path = new URL(incoming.url ?? '/', 'http://localhost')
    const request = new Request(`http://localhost${path.pathname}${path.search}`, {
      headers: { host, ...(origin !== undefined && { origin }) },
    })
    const { status, headers, body } = await fetch(request)
    const isStream = headers.get('content-type') === 'text/event-stream'
    if (body && isStream && !stream.destroyed) {
      server.handleUpgrade(incoming, stream, head, socket => void carry(body, socket))
      return
    }
    await body?.cancel()
    refuseUpgrade(stream, status === 200 ? 404 : status)
  }
}

/** Sends what comes as fast as it is taken, so that the bound on what waits is that of the stream. */
async function carry(body: ReadableStream<Uint8Array>, socket: WebSocket): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  const leave = () => void reader.cancel().catch(() => {})
  socket.on('close', leave)
  socket.on('error', leave)
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    const data = /^data: (.*)$/m.exec(next.value)?.[1]
    if (data !== undefined) await new Promise(done => socket.send(data, done))
  }
  socket.close()
}
