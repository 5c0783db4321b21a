import { isIP } from 'node:net'

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Whether a request to the page's own endpoints comes from the page. Any web page can make the browser call a local
 * port, under a name of its own that it lets point here (the Host header tells) or from its own address (the Origin
 * header does).
 */
export function isOwnPage(headers: Headers, boundHost: string, scheme: 'http' | 'https'): boolean {
  const host = headers.get('host')
  if (!host || !isLocalHost(host, boundHost)) return false
  const origin = headers.get('origin')
  return origin === null || origin === `${scheme}://${host}`
}

function isLocalHost(host: string, boundHost: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const name = new URL(`http://${host}`).hostname
  if (LOOPBACK.includes(name) || name === boundHost.toLowerCase() || name === `[${boundHost}]`) return true
  // Bound to every address: called by any of them, yet not by a name, for names can be made to point here.
  return (boundHost === '0.0.0.0' || boundHost === '::') && isIP(name.replaceAll(/[[\]]/g, '')) > 0
}
