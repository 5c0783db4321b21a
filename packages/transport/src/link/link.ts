import type { Agent } from 'node:http'
import type { RawData, WebSocket } from 'ws'
import { TimeoutError } from '../errors/errors.ts'
import type { Frame } from '../frame/frame.ts'
import type { FrameCounters } from '../frame/frame-counters.ts'
import type { SendText, StreamFrame } from '../frame/stream-frame.ts'
import type { Ticket } from '../gateway/gateway.ts'
import type { Logger } from '../log/logger.ts'
import { networkErrorOf } from '../network/network-error.ts'
import { redact } from '../redact/redact.ts'
import { createDeferred } from '../utils/deferred.ts'
import { type Heartbeat, type HeartbeatOptions, startHeartbeat } from './heartbeat.ts'
import { createPendingAnswers } from './pending-answers.ts'
import { createReader } from './reader.ts'
import type { SocketOptions } from './socket-options.ts'
import { createWriteBatch } from './write-batch.ts'

/** Bytes that may wait to be sent; a peer that reads none of that many is not worth keeping. */
const MAX_UNSENT = 4 * 1024 * 1024
/** Time in which a peer has to answer a close frame, in milliseconds. */
const CLOSE_TIMEOUT = 1_000
/** Close codes (RFC 6455, 7.4.1) after a frame of the peer that is too large, or none. */
export const TOO_LARGE = 1009
const PROTOCOL_ERROR = 1002

/** Reason for which a link should be replaced. */
export type LinkEnd =
  /** The platform announced that it will close: the socket still lives for about 10 s. */
  | { readonly reason: 'disconnect'; readonly detail: string }
  /** The client wants a fresh one; the socket may still live. */
  | { readonly reason: 'renew'; readonly detail: string }
  /** The socket is closed, or closes because of what the peer sent. */
  | { readonly reason: 'closed'; readonly detail: string; readonly code: number }

/** One open socket, from its handshake to its close frame. */
export interface Link {
  /** Settles when the link should be replaced, at the latest when its socket closed. */
  readonly ended: Promise<LinkEnd>
  /** Settles when the socket is closed. */
  readonly closed: Promise<void>
  /** True while answers can be sent on it. */
  readonly isOpen: boolean
  /** Asks for a replacement, for the reason given. */
  readonly renew: (detail: string) => void
  /** Resolves when no answer is pending, at the latest after `ms` milliseconds. */
  readonly settled: (ms: number) => Promise<void>
  /** Closes politely; cuts after a second. */
  readonly close: () => Promise<void>
}

/** Parts and limits of a link. */
export interface LinkOptions {
  readonly ticket: Ticket
  readonly agent: Agent | undefined
  readonly ws: SocketOptions
  /** Milliseconds. */
  readonly handshakeTimeout: number
  readonly heartbeat: HeartbeatOptions
  readonly logger: Logger
  readonly counters: FrameCounters
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
}

/** Opens a socket. Rejects when the handshake fails, takes too long or is aborted; nothing is left open then. */
export async function openLink(options: LinkOptions, signal: AbortSignal): Promise<Link> {
  // Loaded by the first connection; a bot may be made long before, or need none, as in HTTP mode.
  const { WebSocket } = await import('ws')
  signal.throwIfAborted()
  const { ticket, agent, ws } = options
  const socket = new WebSocket(ticket.url, { ...(agent ? { agent } : {}), ...ws })
  const link = superviseSocket(socket, options)
  await opened(socket, options, signal)
  return link
}

/** Resolves when the socket is open. */
function opened(socket: WebSocket, { ticket, handshakeTimeout }: LinkOptions, signal: AbortSignal): Promise<void> {
  const { host } = ticket.url
  return new Promise((resolve, reject) => {
    const done = (error?: unknown): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      socket.off('open', onOpen).off('error', onError)
      if (error === undefined) resolve()
      else reject(error)
    }
    const giveUp = (reason: unknown): void => {
      done(reason)
      socket.terminate()
    }
    const onOpen = (): void => done()
    const onAbort = (): void => giveUp(signal.reason)
    const onError = (error: Error): void => {
      done(networkErrorOf(`The socket to ${host} did not open`, error, [ticket.ticket]))
    }
    // Not the limit of `ws`: that counts from the last byte, and not at all while an agent talks to a proxy.
    const timer = setTimeout(() => {
      const message = `The socket to ${host} did not open within ${handshakeTimeout} ms.`
      giveUp(new TimeoutError(message, { code: 'ERR_TIMEOUT' }))
    }, handshakeTimeout)
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('open', onOpen).once('error', onError)
  })
}

/** Reads, answers and pings on a socket from its beginning to its end. */
function superviseSocket(socket: WebSocket, options: LinkOptions): Link {
  const ended = createDeferred<LinkEnd>()
  const closed = createDeferred()
  const pendingAnswers = createPendingAnswers()
  let lastError: string | undefined

  const cut = (why: string): void => {
    lastError = why
    socket.terminate()
  }
  const read = createReader({
    ...options,
    pendingAnswers,
    send: createSender(socket, cut),
    isOpen: () => socket.readyState === socket.OPEN,
    onDisconnect: detail => ended.resolve({ reason: 'disconnect', detail }),
  })
  const onSign = keepAlive(socket, options.heartbeat, cut)
  socket.on('message', data => {
    onSign()
    read(textOf(data))
  })
  socket.on('error', error => {
    const tooLarge = 'code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
    lastError = redact(error.message, [options.ticket.ticket])
    // `ws` reads no further and waits for the peer to hang up, which may take long: a replacement need not wait.
    ended.resolve({ reason: 'closed', code: tooLarge ? TOO_LARGE : PROTOCOL_ERROR, detail: lastError })
  })
  socket.on('close', (code: number, reason: Buffer) => {
    pendingAnswers.abandon()
    const detail = lastError ?? (redact(reason.toString()) || 'closed by the peer')
    ended.resolve({ reason: 'closed', code, detail })
    closed.resolve()
  })

  return {
    ended: ended.promise,
    closed: closed.promise,
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    renew: detail => ended.resolve({ reason: 'renew', detail }),
    settled: pendingAnswers.settled,
    async close() {
      const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT)
      socket.close(1000)
      await closed.promise
      clearTimeout(timer)
    },
  }
}

/** Creates the function that sends texts on a socket. */
function createSender(socket: WebSocket, cut: (why: string) => void): SendText {
  let beforeWrite = (): void => {}
  socket.once('upgrade', response => {
    beforeWrite = createWriteBatch(response.socket)
  })
  return text => {
    if (socket.readyState !== socket.OPEN) return false
    beforeWrite()
    socket.send(text)
    // Checked after sending: the answer that fills the buffer is still on its way. (`ws` itself bounds its pongs.)
    if (socket.bufferedAmount > MAX_UNSENT) cut('the peer stopped reading')
    return true
  }
}

/** Pings while the socket is open. @returns a function to be called for each message, which shows that the peer lives. */
function keepAlive(socket: WebSocket, options: HeartbeatOptions, cut: (why: string) => void): () => void {
  let heartbeat: Heartbeat | undefined
  const ping = (): void => {
    if (socket.readyState === socket.OPEN) socket.ping()
  }
  const onSign = (): void => heartbeat?.alive()
  socket.once('open', () => {
    heartbeat = startHeartbeat(ping, () => cut('pings stayed unanswered'), options)
  })
  socket.on('ping', onSign).on('pong', onSign)
  socket.once('close', () => heartbeat?.stop())
  return onSign
}

function textOf(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString()
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return Buffer.from(data).toString()
}
