import { type LookupFunction, Socket } from 'node:net'
import type { buildConnector, Dispatcher } from 'undici'
import { publicLookup, type Reach, refuseLocalHosts } from './public-only.ts'
import { openTunnel, type TunnelOptions } from './tunnel.ts'
import type { Undici } from './undici.ts'

/** Settings of each connection that is made, whatever it is for. */
export interface Connecting extends Omit<TunnelOptions, 'proxy'> {
  readonly lookup: LookupFunction | undefined
}

/** Creates the pool of the connections that have this proxy and this reach. */
export function createDispatcher(
  { Agent, buildConnector }: Undici,
  via: URL | undefined,
  reach: Reach,
  connecting: Connecting,
): Dispatcher {
  const { trust, timeout, signal, lookup } = connecting
  const direct = { ...trust, timeout }
  // The caller's limit of time is the only one: undici's own would cut a long exchange short.
  const limits = { headersTimeout: 0, bodyTimeout: 0 }
  const tunnelled = via && tunnelConnector({ ...connecting, proxy: via }, endedBy(signal, buildConnector(direct)))
  if (reach === 'any') return new Agent({ ...limits, connect: tunnelled ?? endedBy(signal, buildConnector(direct)) })
  const checked = tunnelled ?? endedBy(signal, buildConnector({ ...direct, lookup: publicLookup(lookup) }))
  return new Agent({ ...limits, connect: refuseLocalHosts(checked) })
}

/**
 * Lets a signal end the connections of a connector, as long as they live. As an option of undici it would keep every
 * socket there ever was: Node's `net.connect` takes its listener back from no signal that does not abort.
 */
function endedBy(signal: AbortSignal, connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    // Its type hides that it gives the socket back.
    const socket: unknown = connect(target, callback)
    if (!(socket instanceof Socket)) return
    const end = (): void => void socket.destroy(signal.reason)
    signal.addEventListener('abort', end, { once: true })
    socket.once('close', () => signal.removeEventListener('abort', end))
  }
}

/**
 * Makes a connector by which undici connects through a proxy. Its own ProxyAgent waits five minutes for a proxy that
 * says nothing.
 */
function tunnelConnector(tunnel: TunnelOptions, secureSocket: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    const isSecure = target.protocol === 'https:'
    openTunnel(target.hostname, Number(target.port) || (isSecure ? 443 : 80), tunnel).then(
      socket => (isSecure ? secureSocket({ ...target, httpSocket: socket }, callback) : callback(null, socket)),
      error => callback(error, null),
    )
  }
}
