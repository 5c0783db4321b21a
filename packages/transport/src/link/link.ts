import type { Agent } from 'node:http'
import { type ClientOptions, type RawData, WebSocket } from 'ws'
import type { Counters } from '../client/counters.ts'
import { createDeferred } from '../deferred/deferred.ts'
import { NetworkError } from '../errors/errors.ts'
import { encodeAck, type Frame, parseFrame } from '../frame/frame.ts'
import { StreamFrame } from '../frame/stream-frame.ts'
import type { Ticket } from '../gateway/gateway.ts'
import type { Logger } from '../log/logger.ts'
import { redact } from '../redact/redact.ts'
import { type HeartbeatOptions, startHeartbeat } from './heartbeat.ts'

/** Bytes that may wait to be sent; a peer that reads none of that many is not worth keeping. */
const MAX_UNSENT = 4 * 1024 * 1024
/** How long a peer has to answer a close frame, in milliseconds. */
const CLOSE_TIMEOUT = 1_000

/** Why a link should be replaced. */
export type LinkEnd =
  /** The platform announced that it will close: the socket still lives for about 10 s. */
  | { readonly reason: 'disconnect'; readonly detail: string }
  /** We want a fresh one; the socket may still live. */
  | { readonly reason: 'renew'; readonly detail: string }
  /** The socket is closed. */
  | { readonly reason: 'closed'; readonly detail: string; readonly code: number }

/** One open socket. */
export interface Link {
  /** Settles when the link should be replaced, at the latest when its socket closed. */
  readonly ended: Promise<LinkEnd>
  /** Settles when the socket is closed. */
  readonly closed: Promise<void>
  readonly isOpen: boolean
  /** Asks for a replacement, for the reason given. */
  readonly renew: (detail: string) => void
  /** Waits up to `ms` for the answers still owed. */
  readonly settled: (ms: number) => Promise<void>
  /** Closes politely; cuts after a second. */
  readonly close: () => Promise<void>
  /** Cuts at once, as if the network had. */
  readonly terminate: () => void
}

export interface LinkOptions {
  readonly ticket: Ticket
  readonly agent: Agent | undefined
  readonly ws: ClientOptions
  readonly heartbeat: HeartbeatOptions
  readonly logger: Logger
  readonly counters: Counters
  readonly onFrame: (frame: StreamFrame) => void
  readonly onSystem: (frame: Frame) => void
}

/** Opens a socket. Rejects when the handshake fails, takes too long or is aborted; nothing is left open then. */
export async function openLink(options: LinkOptions, signal: AbortSignal): Promise<Link> {
  signal.throwIfAborted()
  const { ticket, agent, ws } = options
  const socket = new WebSocket(ticket.url, { ...ws, ...(agent ? { agent } : {}) })
  const link = superviseSocket(socket, options)
  await opened(socket, ticket, signal)
  return link
}

function opened(socket: WebSocket, ticket: Ticket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.terminate()
      done(signal.reason)
    }
    const onError = (error: Error): void => {
      const { host } = ticket.url
      const message = `The socket to ${host} did not open: ${redact(error.message, [ticket.ticket])}.`
      done(new NetworkError(message, { code: 'code' in error ? String(error.code) : 'ERR_HANDSHAKE', cause: error }))
    }
    const done = (error?: unknown): void => {
      signal.removeEventListener('abort', onAbort)
      socket.off('open', done).off('error', onError)
      if (error === undefined) resolve()
      else reject(error)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('open', () => done()).once('error', onError)
  })
}

function superviseSocket(socket: WebSocket, options: LinkOptions): Link {
  const { logger, counters } = options
  const ended = createDeferred<LinkEnd>()
  const closed = createDeferred<void>()
  let lastError: string | undefined
  let owed = 0
  const creditors = new Set<() => void>()

  const debt = {
    settle() {
      if (--owed === 0) forgive()
    },
  }
  const forgive = (): void => {
    for (const release of creditors) release()
  }
  const send = (text: string): boolean => {
    if (socket.readyState !== WebSocket.OPEN) return false
    socket.send(text)
    // Checked after sending: the answer that fills the buffer is still on its way.
    if (socket.bufferedAmount > MAX_UNSENT) {
      lastError = 'the peer stopped reading'
      socket.terminate()
    }
    return true
  }
  const wire = { send, debt, counters }

  const receive = (text: string): void => {
    counters.frames++
    const frame = parseFrame(text)
    if ('problem' in frame) {
      counters.badFrames++
      logger.warn(`A frame was dropped: ${frame.problem}.`, { size: text.length })
      return
    }
    if (frame.type === 'SYSTEM') {
      system(frame)
      return
    }
    if (frame.type !== 'EVENT' && frame.type !== 'CALLBACK') {
      counters.badFrames++
      logger.warn('A frame of an unknown type was answered 404.', { type: frame.type, topic: frame.headers.topic })
      if (frame.headers.messageId)
        send(encodeAck(frame.headers.messageId, { code: 404, message: 'unknown frame type' }))
      return
    }
    owed++
    options.onFrame(new StreamFrame(frame.type, frame, text.length, wire))
  }

  const system = (frame: Frame): void => {
    const { topic, messageId } = frame.headers
    if (topic === 'ping' && messageId) send(encodeAck(messageId, { data: frame.data }))
    if (topic === 'disconnect') ended.resolve({ reason: 'disconnect', detail: describeReason(frame.data) })
    options.onSystem(frame)
  }

  const heartbeat = startHeartbeat(
    () => socket.readyState === WebSocket.OPEN && socket.ping(),
    () => {
      lastError = 'pings stayed unanswered'
      socket.terminate()
    },
    options.heartbeat,
  )

  socket.on('message', (data: RawData) => {
    heartbeat.alive()
    receive(textOf(data))
  })
  socket.on('pong', heartbeat.alive)
  socket.on('ping', heartbeat.alive)
  socket.on('error', error => {
    lastError = redact(error.message, [options.ticket.ticket])
  })
  socket.on('close', (code: number, reason: Buffer) => {
    heartbeat.stop()
    forgive()
    const detail = lastError ?? (redact(reason.toString()) || 'closed by the peer')
    ended.resolve({ reason: 'closed', code, detail })
    closed.resolve()
  })

  return {
    ended: ended.promise,
    closed: closed.promise,
    get isOpen() {
      return socket.readyState === WebSocket.OPEN
    },
    renew: detail => ended.resolve({ reason: 'renew', detail }),
    terminate: () => socket.terminate(),
    async settled(ms) {
      if (owed === 0 || socket.readyState !== WebSocket.OPEN) return
      await new Promise<void>(resolve => {
        const release = (): void => {
          clearTimeout(timer)
          creditors.delete(release)
          resolve()
        }
        const timer = setTimeout(release, ms)
        creditors.add(release)
      })
    },
    async close() {
      const timer = setTimeout(() => socket.terminate(), CLOSE_TIMEOUT)
      socket.close(1000)
      await closed.promise
      clearTimeout(timer)
    },
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString()
}

function describeReason(data: unknown): string {
  return redact(typeof data === 'string' ? data : JSON.stringify(data ?? '')).slice(0, 200)
}
