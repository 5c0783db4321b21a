import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Clock } from '../clock/clock.ts'
import { parseJson } from '../utils/json.ts'
import { uuid } from '../utils/random.ts'
import { parseAck } from './ack.ts'
import { makeFrame } from './frame.ts'
import { createPendingAcks, type PendingAcks } from './pending-acks.ts'
import type { Records } from './records.ts'
import type { StreamClient } from './tickets.ts'
import type { ConnectionInfo, Delivery, FrameRecord, PushRequest } from './types.ts'

export interface ConnectionOptions {
  /** Milliseconds until the first SYSTEM ping. */
  readonly firstPing: number
  /** Milliseconds between the following ones. */
  readonly pingInterval: number
  /** Milliseconds that the client has for an ack. */
  readonly pushTimeout: number
}

export interface ConnectionDeps {
  readonly client: StreamClient
  readonly corpId: string
  readonly clock: Clock
  readonly records: Records
  readonly options: ConnectionOptions
  readonly nextMessageId: () => string
  /** The state has changed. */
  onChange(): void
}

/** One client on the stream. */
export interface Connection {
  readonly info: ConnectionInfo
  /** The sockets themselves: faults reach below the protocol. */
  readonly socket: WebSocket
  readonly tcp: Socket
  push(request: PushRequest): Promise<Delivery>
  /** Sends `raw` as it is: text for a string, a binary frame for bytes. */
  send(raw: string | Uint8Array): Promise<boolean>
  /** No more pushes from now on; with `silent` the client hears nothing at all any more. */
  retire(state: 'draining' | 'silent'): void
  /** A close frame, and then the end of the TCP connection. */
  end(code?: number, reason?: string): void
}

export function createConnection(socket: WebSocket, tcp: Socket, deps: ConnectionDeps): Connection {
  const { client, clock, corpId, options, records } = deps
  const { app, ua, subscriptions } = client
  const id = uuid()
  const openedAt = clock.now()
  const pending = createPendingAcks(clock, options.pushTimeout)
  let state: ConnectionInfo['state'] = 'open'

  function send(raw: string | Uint8Array): Promise<boolean> {
    if (state === 'silent' || socket.readyState !== socket.OPEN) return Promise.resolve(false)
    records.frame(frameRecord(clock, id, 'down', raw.toString()))
    return new Promise(resolve => socket.send(raw, error => resolve(!error)))
  }

  async function push(request: PushRequest): Promise<Delivery> {
    const messageId = request.headers?.messageId ?? deps.nextMessageId()
    const frame = makeFrame(request, { app, corpId, connectionId: id, messageId, now: clock.now() })
    const ack = pending.expect(messageId, isPing(request) ? frame.data : undefined, request.deadline)
    void ack.then(result => records.settled({ connectionId: id, messageId, result }))
    const delivered = await send(JSON.stringify(frame))
    return { messageId, delivered, connectionId: id, ack }
  }

  const stopPings = startPings(clock, options, push)
  socket.on('ping', data => state !== 'silent' && socket.pong(data))
  socket.once('close', () => {
    stopPings()
    pending.close()
  })
  listen(socket, id, pending, deps)

  return {
    get info() {
      return { id, clientId: app.clientId, ua, subscriptions, openedAt, state }
    },
    socket,
    tcp,
    push,
    send,
    retire(next) {
      state = next
      stopPings()
      deps.onChange()
    },
    end(code = 1000, reason = '') {
      socket.close(code, reason)
      tcp.end()
    },
  }
}

/** Reads the frames of the client, and checks them against the protocol. */
function listen(socket: WebSocket, id: string, pending: PendingAcks, { clock, records }: ConnectionDeps): void {
  socket.on('message', (data, binary) => {
    const raw = String(data)
    const ack = binary ? 'the frame is binary, it must be text' : parseAck(raw)
    const answer = typeof ack === 'string' ? ack : pending.answer(ack)
    const wrong = typeof answer === 'string'
    records.frame(frameRecord(clock, id, 'up', raw, wrong ? 'violation' : answer.verdict))
    if (wrong) records.violation(id, answer, raw)
  })
  // A broken connection is the client's affair, a broken WebSocket frame is against the protocol.
  socket.on('error', error => {
    if ('code' in error && String(error.code).startsWith('WS_ERR_')) records.violation(id, error.message, '')
  })
}

function startPings(clock: Clock, options: ConnectionOptions, push: (ping: PushRequest) => unknown): () => void {
  const schedule = (delay: number) =>
    clock.after(delay, () => {
      cancel = schedule(options.pingInterval)
      push({ type: 'SYSTEM', topic: 'ping', data: { opaque: uuid() } })
    })
  let cancel = schedule(options.firstPing)
  return () => cancel()
}

function frameRecord(
  clock: Clock,
  connectionId: string,
  direction: 'down' | 'up',
  raw: string,
  verdict?: FrameRecord['verdict'],
): FrameRecord {
  const frame = parseJson(raw)
  return { at: clock.now(), direction, connectionId, raw, frame, ...(verdict && { verdict }) }
}

function isPing({ type, topic }: PushRequest): boolean {
  return type === 'SYSTEM' && topic === 'ping'
}
