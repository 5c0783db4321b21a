/** The platform's process: pushes messages to the one client that is connected, and takes its replies. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { serveTasks } from '../lib/worker.ts'
import { robotFrame, WINDOW } from '../transport/message.ts'

export interface Flood {
  readonly posts: number
  /** Read every reply, and fail at one that is no echo. */
  readonly check: boolean
}

export interface Flooded {
  readonly ms: number
  /** CPU time that the server spent, in milliseconds: a server that is busy all the time measures itself. */
  readonly serverCpuMs: number
}

export interface ServerTasks {
  /** Base address of its OpenAPI. */
  readonly url: () => string
  readonly flood: (options: Flood) => Promise<Flooded>
  readonly [name: string]: (input: never) => unknown
}

const LIFE = 90 * 60_000
const OK = JSON.stringify({ errcode: 0, errmsg: 'ok' })
const headersOf = (text: string): Record<string, string | number> => ({
  'content-type': 'application/json',
  'content-length': Buffer.byteLength(text),
})

let client: WebSocket | undefined
let onReply = (_body: string): void => {}
/** Never the same message twice: a bot that recognises what comes again would not answer it. */
let next = 0

const http = createServer(async (request, response) => {
  if (request.url?.startsWith('/robot/sendBySession')) return takeReply(request, response)
  const text = JSON.stringify(
    request.url?.startsWith('/v1.0/gateway')
      ? { endpoint: `ws://${host}/connect`, ticket: 'a-ticket' }
      : { accessToken: 'a-token-of-thirty-two-characters', expireIn: 7_200 },
  )
  request.resume().once('end', () => response.writeHead(200, headersOf(text)).end(text))
})
// A connection that rests between two rounds must not be closed at the moment in which it is used again.
http.keepAliveTimeout = 600_000
const sockets = new WebSocketServer({ server: http, path: '/connect' })
sockets.on('connection', socket => {
  client = socket.on('error', () => {})
})
await once(http.listen(0, '127.0.0.1'), 'listening')
const host = `127.0.0.1:${(http.address() as AddressInfo).port}`

function takeReply(request: IncomingMessage, response: ServerResponse): void {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk))
  request.once('end', () => {
    response.writeHead(200, headersOf(OK)).end(OK)
    onReply(body)
  })
}

function push(): void {
  const webhook = `http://${host}/robot/sendBySession`
  const frame = robotFrame(next++, Date.now() + LIFE).replace('https://oapi.dingtalk.com/robot/sendBySession', webhook)
  client?.send(frame)
}

/** Keeps so many messages in flight: the next one is pushed for each reply. */
async function flood({ posts, check }: Flood): Promise<Flooded> {
  const cpu = process.cpuUsage()
  const started = performance.now()
  await new Promise<void>((resolve, reject) => {
    let pushed = 0
    let replied = 0
    const pushNext = (): void => {
      if (pushed++ < posts) push()
    }
    onReply = body => {
      if (check && !isEcho(body)) reject(new Error(`This is no echo: ${body}`))
      if (++replied === posts) resolve()
      pushNext()
    }
    for (let count = 0; count < WINDOW; count++) pushNext()
  })
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - started, serverCpuMs: (user + system) / 1_000 }
}

function isEcho(body: string): boolean {
  const { msgtype, text } = JSON.parse(body)
  return msgtype === 'text' && text.content === '/status orders 今天的订单'
}

const tasks: ServerTasks = { url: () => `http://${host}`, flood }
serveTasks(tasks)
