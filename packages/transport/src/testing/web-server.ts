import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface SeenRequest {
  readonly method: string
  /** Path and query, as they stood on the wire. */
  readonly target: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface WebServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly requests: readonly SeenRequest[]
  /** How many connections were made to it. */
  readonly connections: number
}

export type Answerer = (response: ServerResponse, request: SeenRequest) => unknown

/** Starts an HTTP server on loopback. */
export async function startWebServer(answer: Answerer, host = '127.0.0.1'): Promise<WebServer> {
  const requests: SeenRequest[] = []
  let connections = 0
  const server = createServer(async (incoming, response) => {
    const { method = '', url: target = '', headers } = incoming
    const request = { method, target, headers, body: await text(incoming) }
    requests.push(request)
    await answer(response, request)
  })
  server.on('connection', () => connections++)
  await once(server.listen(0, host), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    requests,
    get connections() {
      return connections
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Answers every request in this way. */
export function answering(status: number, body: string | Buffer = '', headers: Record<string, string> = {}): Answerer {
  return response => response.writeHead(status, headers).end(body)
}

/** Answers every request with this as JSON. */
export function answeringJson(body: unknown, status = 200): Answerer {
  return answering(status, JSON.stringify(body), { 'content-type': 'application/json' })
}
