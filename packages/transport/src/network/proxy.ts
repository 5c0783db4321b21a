import { BlockList, isIP } from 'node:net'
import { getProxyForUrl } from 'proxy-from-env'
import { parseUrl } from '../utils/parse-url.ts'

const ENVIRONMENT = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY']

/** Rule for which proxy leads to an address: none where it gives `undefined`. */
export type ProxyFor = (url: URL) => URL | undefined

/**
 * Makes the rule: the proxy given, none for `false`, or that of the environment.
 *
 * @throws RangeError at once when the proxy given is unusable; the rule throws it for one of the environment.
 */
export function createProxyFor(proxy: string | false | undefined): ProxyFor {
  if (proxy === undefined) return proxyOfEnvironment
  if (proxy === false || proxy === '') return () => undefined
  const fixed = parseProxy(proxy, '`proxy`')
  return () => fixed
}

function proxyOfEnvironment({ protocol, hostname, host }: URL): URL | undefined {
  // The environment knows http_proxy and https_proxy, but nothing of WebSockets.
  const proxy = getProxyForUrl(`${protocol.replace('ws', 'http')}//${host}`)
  if (proxy === '' || isLoopback(hostname)) return undefined
  // Without a scheme, `proxy-from-env` assumes that of the target; curl, Go and Python take it for a plain proxy.
  const isVerbatim = ENVIRONMENT.some(name => process.env[name] === proxy)
  return parseProxy(isVerbatim ? proxy : proxy.replace(/^https:/, 'http:'), 'The proxy of the environment')
}

function parseProxy(address: string, source: string): URL {
  const url = parseUrl(address)
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== '') return url
  // The address is left out: it may hold a password.
  const socks = /^socks/i.test(address) ? ' SOCKS is not spoken; most SOCKS proxies offer HTTP too.' : ''
  const form = 'it must look like http://host:port or http://user:password@host:port'
  throw new RangeError(`${source} is no address of an HTTP proxy: ${form}.${socks}`)
}

const LOOPBACK = new BlockList()
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4')
LOOPBACK.addAddress('::1', 'ipv6')

/** True for this machine's own addresses, which no proxy elsewhere can reach. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/^\[|\]$/g, '')
  const family = isIP(host)
  if (family !== 0) return LOOPBACK.check(host, family === 4 ? 'ipv4' : 'ipv6')
  return /(^|\.)localhost\.?$/.test(host)
}
