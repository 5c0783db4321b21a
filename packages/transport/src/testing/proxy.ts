import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

export interface TestProxy extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Targets that tunnels were asked for: `host:port`. */
  readonly targets: readonly string[]
}

export interface ProxyOptions {
  /** Port that tunnels lead to, whatever they were asked for. Default: 127.0.0.1 and the port asked for. */
  readonly port?: number
  readonly host?: string
  /** `user:password` without which it answers 407. */
  readonly credential?: string
  /** Takes over a request for a tunnel: to refuse, to stay silent, to hang up. Not when it returns false. */
  readonly onConnect?: (socket: Duplex, request: IncomingMessage) => unknown
}

/** Starts a proxy that makes tunnels (CONNECT). All of them lead to this machine, so made-up host names work. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const { credential, host = '127.0.0.1', onConnect = () => false } = options
  const targets: string[] = []
  const sockets = new Set<Duplex>()
  const track = (socket: Duplex): void => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket))
  }
  const server = createServer()
  server.on('connection', track)
  server.on('connect', (request, socket) => {
    const target = request.url ?? ''
    targets.push(target)
    if (onConnect(socket, request) !== false) return
    if (!isAllowed(request, credential)) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n')
      return
    }
    const [, asked] = /:(\d+)$/.exec(target) ?? []
    const upstream: Socket = connect(options.port ?? Number(asked), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(upstream).pipe(socket)
    })
    track(upstream)
    upstream.once('close', () => socket.destroy())
    socket.once('close', () => upstream.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    targets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function isAllowed({ headers }: IncomingMessage, credential: string | undefined): boolean {
  if (credential === undefined) return true
  return headers['proxy-authorization'] === `Basic ${Buffer.from(credential).toString('base64')}`
}
