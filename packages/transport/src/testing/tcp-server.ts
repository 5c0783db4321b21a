import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

export interface TcpServer extends AsyncDisposable {
  readonly port: number
  /** How many connections were made to it. */
  readonly accepted: number
  /** Resolves once no connection is open any more. */
  readonly deserted: () => Promise<void>
}

/** Starts a server that does with its sockets what it is told: by default it says nothing at all. */
export async function startTcpServer(onSocket: (socket: Socket) => void = () => {}): Promise<TcpServer> {
  const sockets = new Set<Socket>()
  let accepted = 0
  const server = createServer(socket => {
    accepted++
    sockets.add(socket)
    socket.on('error', () => {})
    // Without reading, a server never learns that its peer left.
    socket.once('close', () => sockets.delete(socket)).resume()
    onSocket(socket)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    get accepted() {
      return accepted
    },
    async deserted() {
      await Promise.all([...sockets].map(socket => once(socket, 'close')))
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A port of this machine on which nobody listens. */
export async function findClosedPort(): Promise<number> {
  await using server = await startTcpServer()
  return server.port
}
