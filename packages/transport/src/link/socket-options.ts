import type { Agent, ClientRequest } from 'node:http'
import type { createConnection } from 'node:net'
import type { SecureContextOptions } from 'node:tls'
import type { ZlibOptions } from 'node:zlib'

/**
 * Options of the client of `ws` 8 (doc/ws.md of websockets/ws). Written out here, because `ws` has no types of its own
 * and users should not have to install those of others.
 */
export interface SocketOptions extends SecureContextOptions {
  readonly protocol?: string | undefined
  /** Agent that opens the TCP connection. Takes the place of `proxy`. */
  readonly agent?: Agent | undefined
  /** Header fields of the handshake. */
  readonly headers?: { [name: string]: string } | undefined
  readonly host?: string | undefined
  readonly origin?: string | undefined
  /** 4 or 6: the kind of addresses to connect to. */
  readonly family?: number | undefined
  readonly localAddress?: string | undefined
  readonly protocolVersion?: number | undefined
  /** Milliseconds. */
  readonly handshakeTimeout?: number | undefined
  readonly followRedirects?: boolean | undefined
  readonly maxRedirects?: number | undefined
  readonly rejectUnauthorized?: boolean | undefined
  checkServerIdentity?(servername: string, certificate: unknown): boolean
  readonly createConnection?: typeof createConnection | undefined
  readonly finishRequest?: Callbacks['finishRequest'] | undefined
  /** Compression of frames. */
  readonly perMessageDeflate?: boolean | DeflateOptions | undefined
  /** Largest message to accept, in bytes. */
  readonly maxPayload?: number | undefined
  readonly maxBufferedChunks?: number | undefined
  readonly maxFragments?: number | undefined
  readonly allowSynchronousEvents?: boolean | undefined
  readonly autoPong?: boolean | undefined
  readonly skipUTF8Validation?: boolean | undefined
  generateMask?(mask: Buffer): void
}

/** Options of `permessage-deflate` (RFC 7692). */
export interface DeflateOptions {
  readonly serverNoContextTakeover?: boolean | undefined
  readonly clientNoContextTakeover?: boolean | undefined
  readonly serverMaxWindowBits?: number | undefined
  readonly clientMaxWindowBits?: number | undefined
  readonly zlibDeflateOptions?: (Omit<ZlibOptions, 'dictionary'> & Dictionary) | undefined
  readonly zlibInflateOptions?: ZlibOptions | undefined
  /** Bytes from which on a message is compressed. */
  readonly threshold?: number | undefined
  readonly concurrencyLimit?: number | undefined
}

interface Dictionary {
  readonly dictionary?: Buffer | Buffer[] | DataView | undefined
}

/** As a method, it may be given with a narrower type for its socket, such as that of `@types/ws`. */
interface Callbacks {
  finishRequest(request: ClientRequest, socket: unknown): void
}
