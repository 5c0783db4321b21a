import type { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { isIP } from 'node:net'
import { HttpsProxyAgent } from 'https-proxy-agent'
import { getProxyForUrl } from 'proxy-from-env'
import { Agent, type Dispatcher, ProxyAgent } from 'undici'

export interface TlsOptions {
  /** Certificate authorities to trust, in PEM. Default: those that Node trusts. */
  readonly ca?: string | Buffer | readonly (string | Buffer)[]
  /** Default `true`. `false` accepts any certificate: for tests only. */
  readonly rejectUnauthorized?: boolean
}

export interface NetworkOptions {
  /**
   * Address of an HTTP proxy (`http://user:pass@host:port`) for API calls and the socket alike; `false` uses none.
   * Default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment; loopback addresses are then never proxied.
   */
  readonly proxy?: string | false | undefined
  readonly tls?: TlsOptions | undefined
}

/** How connections leave this machine: one rule for HTTP and the WebSocket. */
export interface Network {
  /** Sends HTTP requests, through keep-alive pools. */
  readonly dispatcherFor: (url: URL) => Dispatcher
  /** The agent that opens the WebSocket's TCP connection; `undefined` means Node's own. */
  readonly agentFor: (url: URL) => HttpAgent | undefined
  /** Closes idle and busy connections. */
  readonly close: () => Promise<void>
}

/** Creates the pools. Nothing is opened before the first request. */
export function createNetwork({ proxy, tls = {} }: NetworkOptions = {}): Network {
  const dispatchers = new Map<string, Dispatcher>()
  const tlsOptions = { ...(tls.ca === undefined ? {} : { ca: mutable(tls.ca) }), ...rejecting(tls) }

  const proxyFor = (url: URL): string => {
    if (proxy === false) return ''
    if (proxy !== undefined) return proxy
    if (isLoopback(url.hostname)) return ''
    // The environment knows http_proxy and https_proxy only.
    return getProxyForUrl(url.href.replace(/^ws/, 'http'))
  }

  const createDispatcher = (via: string): Dispatcher =>
    via === ''
      ? new Agent({ connect: tlsOptions })
      : new ProxyAgent({ uri: via, requestTls: tlsOptions, proxyTls: tlsOptions })

  return {
    dispatcherFor(url) {
      const via = proxyFor(url)
      const dispatcher = dispatchers.get(via) ?? createDispatcher(via)
      dispatchers.set(via, dispatcher)
      return dispatcher
    },
    agentFor(url) {
      const via = proxyFor(url)
      if (via !== '') return new HttpsProxyAgent(via, tlsOptions)
      return url.protocol === 'wss:' ? new HttpsAgent(tlsOptions) : undefined
    },
    async close() {
      const open = [...dispatchers.values()]
      dispatchers.clear()
      await Promise.all(open.map(dispatcher => dispatcher.destroy()))
    },
  }
}

function rejecting({ rejectUnauthorized }: TlsOptions): { rejectUnauthorized?: boolean } {
  return rejectUnauthorized === undefined ? {} : { rejectUnauthorized }
}

function mutable<T>(value: T | readonly T[]): T | T[] {
  return Array.isArray(value) ? [...value] : (value as T)
}

/** True for this machine's own addresses, which no proxy elsewhere can reach. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '::1' ||
    (isIP(host) === 4 && host.startsWith('127.'))
  )
}
