import { setMaxListeners } from 'node:events'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { type LookupFunction, Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import type { Dispatcher } from 'undici'
import { checkOptions } from '../options/check-options.ts'
import { rule } from '../options/rules.ts'
import { type Connecting, createDispatcher } from './dispatcher.ts'
import { createProxyFor } from './proxy.ts'
import type { Reach } from './public-only.ts'
import { openTunnel, type Trust, type TunnelOptions } from './tunnel.ts'
import { loadUndici } from './undici.ts'

/** Certificates to trust, for servers and proxies alike. */
export interface TlsOptions {
  /**
   * Certificate authorities to trust, in PEM, in place of those that Node trusts. (NODE_EXTRA_CA_CERTS adds to them.)
   */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
  /**
   * Refuses servers whose certificate is not trusted. Default `true`; `false` accepts any certificate: for tests only.
   */
  readonly rejectUnauthorized?: boolean
}

/** Ways out of this machine: proxy, certificates, limits of a connection. */
export interface NetworkOptions {
  /**
   * Address of an HTTP proxy (`http://user:pass@host:port`) for API calls and the socket alike; `false` uses none.
   * Default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment; loopback addresses are then never proxied.
   */
  readonly proxy?: string | false | undefined
  /** Certificates to trust. Default: those that Node trusts. */
  readonly tls?: TlsOptions | undefined
  /** Milliseconds in which a connection, and before it the tunnel through a proxy, must be made. Default 10,000. */
  readonly connectTimeout?: number | undefined
  /** Looks up the hosts that `reach: 'public'` is for. Default: `dns.lookup`. */
  readonly lookup?: LookupFunction | undefined
}

/**
 * Pools of connections with one rule for how they leave this machine, for HTTP and the WebSocket alike. May be shared
 * by several clients; whoever created it closes it.
 */
export interface Network {
  /**
   * Gives the undici dispatcher, a pool of keep-alive connections, for requests to this address. The first call loads
   * undici.
   *
   * @throws RangeError at once when the proxy of the environment is no address of an HTTP proxy.
   */
  readonly dispatcherFor: (url: URL, reach?: Reach) => Promise<Dispatcher>
  /** Gives the agent that opens the TCP connection of a WebSocket; `undefined` means Node's own. */
  readonly agentFor: (url: URL) => HttpAgent | undefined
  /** Closes idle and busy connections and gives up those being made. A later request opens new ones. */
  readonly close: () => Promise<void>
}

/**
 * Creates the pools of connections. Nothing is opened before the first request.
 *
 * @throws RangeError when `proxy` is no address of an HTTP proxy; TypeError for options that cannot be.
 * @example
 * const network = createNetwork({ proxy: 'http://proxy.example:8080' })
 * const http = createHttpClient({ network })
 * // …
 * await network.close()
 */
export function createNetwork(options: NetworkOptions = {}): Network {
  checkOptions<NetworkOptions>('createNetwork', options, {
    proxy: rule.orFalse(rule.text),
    tls: rule.object,
    connectTimeout: rule.timer(1),
    lookup: rule.callback,
  })
  const { proxy, tls = {}, connectTimeout = 10_000, lookup } = options
  const proxyFor = createProxyFor(proxy)
  const trust = trustOf(tls)
  const dispatchers = new Map<string, Promise<Dispatcher>>()
  let closing = createClosing()

  const connecting = (): Connecting => ({ trust, timeout: connectTimeout, signal: closing.signal, lookup })

  return {
    dispatcherFor(url, reach = 'any') {
      const via = proxyFor(url)
      // Pools of their own: a connection that was made without the check is not lent to who wants it.
      const key = `${reach} ${via?.href ?? ''}`
      const known = dispatchers.get(key)
      if (known) return known
      const dispatcher = openPool(via, reach, connecting())
      dispatchers.set(key, dispatcher)
      // A pool that could not be made, as undici could not be loaded, is not kept.
      dispatcher.catch(() => dispatchers.get(key) === dispatcher && dispatchers.delete(key))
      return dispatcher
    },
    agentFor(url) {
      const via = proxyFor(url)
      const isSecure = url.protocol === 'wss:'
      if (!via) return isSecure ? new HttpsAgent(trust) : undefined
      return tunnelAgent({ ...connecting(), proxy: via }, isSecure ? new HttpsAgent(trust) : new HttpAgent())
    },
    async close() {
      const open = [...dispatchers.values()]
      dispatchers.clear()
      const { abort } = closing
      closing = createClosing()
      const nothing = (): void => {}
      await Promise.all(open.map(dispatcher => dispatcher.then(it => it.destroy(), nothing)))
      abort()
    },
  }
}

async function openPool(via: URL | undefined, reach: Reach, connecting: Connecting): Promise<Dispatcher> {
  return createDispatcher(await loadUndici(), via, reach, connecting)
}

/** Creates a signal for many connections at once. */
function createClosing(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController()
  // Each open connection listens, and they may be many.
  setMaxListeners(0, controller.signal)
  return { signal: controller.signal, abort: () => controller.abort(new Error('the network was closed')) }
}

/** Makes of an agent one by which `ws` connects through a proxy. */
function tunnelAgent(tunnel: TunnelOptions, agent: HttpAgent): HttpAgent {
  agent.createConnection = (target, callback) => {
    const { host, port } = target
    openTunnel(host ?? '', Number(port), tunnel).then(
      // An HttpsAgent is given options of tls.connect, those of the agent and of the request together.
      socket =>
        callback?.(
          null,
          agent instanceof HttpsAgent ? connectTls({ ...(target as ConnectionOptions), socket }) : socket,
        ),
      // Nobody looks at the socket of a failure; the type wants one.
      error => callback?.(error, new Socket()),
    )
    return undefined
  }
  return agent
}

function trustOf({ ca, rejectUnauthorized }: TlsOptions): Trust {
  return {
    ...(ca === undefined ? {} : { ca: [ca].flat() }),
    ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }),
  }
}
