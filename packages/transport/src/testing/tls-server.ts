import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Certificate } from './certificate.ts'

export interface TlsServer extends AsyncDisposable {
  readonly port: number
}

/** Starts a TLS server that hands what it deciphers to a port of this machine. */
export async function startTlsServer(certificate: Certificate, port: number): Promise<TlsServer> {
  const sockets = new Set<Socket>()
  const server = createServer(certificate, socket => {
    const upstream = connect(port, '127.0.0.1')
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one
        .on('error', () => one.destroy())
        .once('close', () => {
          sockets.delete(one)
          other.destroy()
        })
    }
  })
  // A client that does not trust the certificate hangs up.
  server.on('tlsClientError', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
