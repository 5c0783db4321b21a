import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { type AddressInfo, isIPv6, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import type { Certificate } from '../tls/certificate.ts'

/** Milliseconds that answers under way have to get out when the server closes. */
const GRACE = 100
/**
 * Milliseconds that an idle connection stays, as long as nginx keeps one: after Node's 5 s, a client that was busy for that
 * long uses one which is being closed.
 */
const KEEP_ALIVE = 75_000

export interface ServerOptions {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** Speaks TLS with it; plain HTTP when undefined. */
  readonly certificate: Certificate | undefined
  fetch(request: Request, env: HttpBindings | Http2Bindings): Response | Promise<Response>
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void
}

export interface RunningServer {
  /** `http://host:port`, or `https://`, by which this machine reaches it. */
  readonly url: string
  /** Lets answers that are under way get out, and ends every connection. */
  close(): Promise<void>
}

/** Rejects, with `code` and `cause`, when the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, port, certificate, fetch, upgrade } = options
  const listener = getRequestListener(fetch, { overrideGlobalObjects: false })
  const sockets = new Set<Socket>()
  const answers = new Set<ServerResponse>()
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    answers.add(response)
    response.once('close', () => answers.delete(response))
    void listener(request, response)
  }
  const server = certificate ? createTlsServer(certificate, answer) : createServer(answer)
  server.keepAliveTimeout = KEEP_ALIVE
  server.on('connection', socket => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', upgrade)
  const address = await listen(server, host, port)

  return {
    url: `${certificate ? 'https' : 'http'}://${reachable(address.address)}:${address.port}`,
    async close() {
      const closed = new Promise(resolve => server.close(resolve))
      await settled(answers, GRACE)
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

/** A test may close as soon as a bot's message is there, which is before the bot has the answer to its request. */
function settled(answers: ReadonlySet<ServerResponse>, grace: number): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      resolve()
    }
    const timer = setTimeout(done, grace)
    if (answers.size === 0) done()
    for (const answer of answers) answer.once('close', () => answers.size === 0 && done())
  })
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(cannotListen(host, port, cause)))
    server.listen(port, host, () => {
      const address = server.address()
      if (address && typeof address === 'object') resolve(address)
      else reject(new Error('The simulator does not listen on a port'))
    })
  })
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): Error {
  const reason = cause.code === 'EADDRINUSE' ? 'something else listens there already' : cause.message
  const text = `The simulator cannot listen on ${host}:${port}: ${reason}. Give another port, or 0 for any that is free.`
  return Object.assign(new Error(text, { cause }), { code: cause.code })
}

/** A wildcard address is one to listen on, not one to call. */
function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1'
  if (address === '::') return '[::1]'
  return isIPv6(address) ? `[${address}]` : address
}
