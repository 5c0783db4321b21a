import * as v from 'valibot'
import { WebSocket } from 'ws'
import type { Simulator } from '../simulator.ts'
import { parseJson } from '../utils/json.ts'

const frameSchema = v.object({
  type: v.string(),
  headers: v.looseObject({ topic: v.string(), messageId: v.string() }),
  data: v.string(),
})
const grantSchema = v.object({ endpoint: v.string(), ticket: v.string() })

export type TestFrame = v.InferOutput<typeof frameSchema>

export interface TestClient {
  readonly socket: WebSocket
  /** All frames, pings included. */
  readonly frames: TestFrame[]
  readonly closed: Promise<{ code: number; reason: string }>
  /** The first frame of that topic which was not asked for before. */
  next(topic: string): Promise<TestFrame>
  ack(frame: TestFrame, data?: unknown): void
  send(raw: string | Uint8Array | object): void
}

const bot = { type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }

/** Asks the gateway as a good client does; `body` replaces fields, and takes them away when undefined. */
export function open(sim: Simulator, body: object = {}, headers: Record<string, string> = {}): Promise<Response> {
  const { clientId, clientSecret } = sim
  return fetch(`${sim.url}/v1.0/gateway/connections/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify({ clientId, clientSecret, subscriptions: [bot], ua: 'bare-client/1.0.0', ...body }),
  })
}

/** The WebSocket address with a fresh ticket. */
export async function address(sim: Simulator, body: object = {}): Promise<string> {
  const { endpoint, ticket } = v.parse(grantSchema, await (await open(sim, body)).json())
  return `${endpoint}?ticket=${encodeURIComponent(ticket)}`
}

/** The outcome of a handshake: `open`, or the error that ended it. */
export function handshake(url: string): Promise<string> {
  return new Promise(resolve => {
    const socket = new WebSocket(url)
    socket.once('open', () => {
      resolve('open')
      socket.terminate()
    })
    socket.once('error', error => resolve(error.message))
  })
}

/** A bare client: it answers nothing by itself. */
export async function connect(sim: Simulator, body: object = {}): Promise<TestClient> {
  const socket = new WebSocket(await address(sim, body))
  const frames: TestFrame[] = []
  const asked = new Set<TestFrame>()
  let look = () => {}
  socket.on('message', data => {
    const frame = v.safeParse(frameSchema, parseJson(String(data)))
    if (frame.success) frames.push(frame.output)
    look()
  })
  socket.on('error', () => {})
  const closed = new Promise<{ code: number; reason: string }>(resolve => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })

  const send = (raw: string | Uint8Array | object) =>
    socket.send(typeof raw === 'string' || raw instanceof Uint8Array ? raw : JSON.stringify(raw))

  return {
    socket,
    frames,
    closed,
    send,
    next: topic =>
      new Promise(resolve => {
        look = () => {
          const frame = frames.find(it => it.headers.topic === topic && !asked.has(it))
          if (!frame) return
          asked.add(frame)
          look = () => {}
          resolve(frame)
        }
        look()
      }),
    ack: ({ headers: { messageId } }, data = { response: null }) =>
      send({
        code: 200,
        headers: { messageId },
        message: 'OK',
        data: typeof data === 'string' ? data : JSON.stringify(data),
      }),
  }
}

/** Answers every robot message in its chat with what `answer` makes of it, and acks everything. */
export async function echoBot(
  sim: Simulator,
  answer: (text: string) => string = text => `echo ${text.trim()}`,
): Promise<TestClient> {
  const client = await connect(sim)
  const message = v.object({ sessionWebhook: v.string(), text: v.object({ content: v.string() }) })
  client.socket.on('message', data => {
    const frame = v.parse(frameSchema, JSON.parse(String(data)))
    client.ack(frame, frame.headers.topic === 'ping' ? frame.data : undefined)
    if (frame.type !== 'CALLBACK') return
    const { sessionWebhook, text } = v.parse(message, JSON.parse(frame.data))
    void post(sessionWebhook, { msgtype: 'text', text: { content: answer(text.content) } })
  })
  return client
}

/** POSTs JSON; the answer with its status. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  return { status: response.status, body: await response.json() }
}
