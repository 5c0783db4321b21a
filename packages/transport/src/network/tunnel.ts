import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, isIPv6, type Socket } from 'node:net'
import { unescape as decode } from 'node:querystring'
import type { Duplex } from 'node:stream'
import type { SecureContextOptions } from 'node:tls'
import { NetworkError } from '../errors/errors.ts'
import { withDeadline } from '../utils/deadline.ts'
import { networkErrorOf } from './network-error.ts'

/** Certificates to trust. */
export type Trust = Pick<SecureContextOptions, 'ca'> & { readonly rejectUnauthorized?: boolean }

/** Way through a proxy. */
export interface TunnelOptions {
  readonly proxy: URL
  /** For a proxy that is itself reached over TLS. */
  readonly trust: Trust
  /** Milliseconds. */
  readonly timeout: number
  readonly signal: AbortSignal
}

/**
 * Opens a connection to `host:port` through an HTTP proxy (CONNECT); the proxy looks the host name up.
 *
 * @throws NetworkError when the proxy cannot be reached or refuses, TimeoutError when it says nothing. No socket is
 *   left open then.
 */
export async function openTunnel(host: string, port: number, options: TunnelOptions): Promise<Socket> {
  const { proxy, timeout, signal } = options
  const target = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const what = `The tunnel to ${target} through the proxy ${proxy.host}`
  try {
    return await withDeadline(what, timeout, signal, signal => connect(target, options, signal))
  } catch (error) {
    throw signal.aborted ? signal.reason : networkErrorOf(`${what} could not be opened`, error)
  }
}

function connect(target: string, { proxy, trust }: TunnelOptions, signal: AbortSignal): Promise<Socket> {
  const isSecure = proxy.protocol === 'https:'
  const host = proxy.hostname.replace(/^\[|\]$/g, '')
  const request = (isSecure ? httpsRequest : httpRequest)({
    ...trust,
    method: 'CONNECT',
    host,
    // Node would take it from the header, which names the target.
    servername: isIP(host) ? '' : host,
    port: proxy.port || (isSecure ? 443 : 80),
    path: target,
    headers: { host: target, ...authorization(proxy) },
    agent: false,
    signal,
  })
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('connect', (answer: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { statusCode = 0 } = answer
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head)
        // Of a request over TCP or TLS, it always is one.
        return resolve(socket as Socket)
      }
      socket.destroy()
      reject(refusal(target, proxy, statusCode))
    })
    request.end()
  })
}

function authorization({ username, password }: URL): { 'proxy-authorization'?: string } {
  if (username === '' && password === '') return {}
  // Not decodeURIComponent, which throws for a password with a lone `%`.
  const credential = `${decode(username)}:${decode(password)}`
  return { 'proxy-authorization': `Basic ${Buffer.from(credential).toString('base64')}` }
}

function refusal(target: string, proxy: URL, status: number): NetworkError {
  const advice = (): string => {
    if (status !== 407) return `Check that it may be used for this host, and \`proxy\`, HTTPS_PROXY and NO_PROXY.`
    return proxy.username === ''
      ? 'It wants a user name and a password: put them into its address, as in http://user:password@host:port.'
      : 'It does not accept the user name and the password in its address.'
  }
  const message = `The proxy ${proxy.host} refused a tunnel to ${target} with HTTP ${status}. ${advice()}`
  return new NetworkError(message, { code: status === 407 ? 'ERR_PROXY_AUTH' : 'ERR_PROXY_REFUSED' })
}
