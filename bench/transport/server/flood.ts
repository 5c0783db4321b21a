import { robotFrame } from '../message.ts'
import type { Connection, Platform } from './platform.ts'

export interface FloodOptions {
  readonly frames: number
  /** Frames in flight: sent, and not yet answered. */
  readonly window: number
  /** Read every answer and fail at a wrong one; else answers are only counted. */
  readonly check: boolean
}

export interface Flood {
  readonly ms: number
  /** CPU time that the server spent, in milliseconds: a server that is busy all the time measures itself. */
  readonly serverCpuMs: number
}

/** Built beforehand, so that the server does next to nothing for a frame. */
const stock = Array.from({ length: 1_024 }, (_, index) => Buffer.from(robotFrame(index)))

const messageIds = new Set(stock.map(frame => JSON.parse(frame.toString()).headers.messageId))

/** Sends frames as fast as they are answered. */
export async function flood(platform: Platform, { frames, window, check }: FloodOptions): Promise<Flood> {
  const [connection] = platform.live
  if (!connection) throw new Error('No client is connected.')
  const { socket } = connection
  const sendNext = batchedSender(connection)
  const cpu = process.cpuUsage()
  const start = performance.now()
  await new Promise<void>((resolve, reject) => {
    let sent = 0
    let answered = 0
    const onAnswer = (data: Buffer): void => {
      answered++
      if (check && !isAnswer(data)) reject(new Error(`This answers no frame: ${data.toString()}`))
      if (sent < frames) sendNext(sent++)
      else if (answered === frames) resolve()
    }
    socket.on('message', onAnswer).once('close', () => reject(new Error('The client closed its socket.')))
    while (sent < Math.min(window, frames)) sendNext(sent++)
  }).finally(() => socket.removeAllListeners('message'))
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - start, serverCpuMs: (user + system) / 1_000 }
}

/** Frames that become due in one turn of the loop leave in one write. */
function batchedSender({ socket, tcp }: Connection): (index: number) => void {
  let corked = false
  const uncork = (): void => {
    corked = false
    tcp.uncork()
  }
  return index => {
    if (!corked) {
      corked = true
      tcp.cork()
      setImmediate(uncork)
    }
    socket.send(stock[index % stock.length] ?? '', { binary: false })
  }
}

function isAnswer(data: Buffer): boolean {
  const { code, headers, data: body } = JSON.parse(data.toString())
  return code === 200 && typeof body === 'string' && messageIds.has(headers.messageId)
}
