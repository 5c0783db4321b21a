import { WINDOW } from '../message.ts'
import type { Connection, Platform } from './platform.ts'
import { createReel } from './reel.ts'

export interface FloodOptions {
  readonly frames: number
  /** Read every answer and fail at a wrong one; else answers are only counted. */
  readonly check: boolean
}

export interface Flood {
  readonly ms: number
  /** CPU time that the server spent, in milliseconds: a server that is busy all the time measures itself. */
  readonly serverCpuMs: number
}

const reel = createReel(WINDOW)

/** Sends frames as fast as they are answered. */
export async function flood(platform: Platform, { frames, check }: FloodOptions): Promise<Flood> {
  const [connection] = platform.live
  if (!connection) throw new Error('No client is connected.')
  const { socket } = connection
  const cpu = process.cpuUsage()
  const start = performance.now()
  await new Promise<void>((resolve, reject) => {
    const send = createSender(connection)
    let sent = 0
    let answered = 0
    const sendNext = (): void => {
      if (sent === frames) return
      sent++
      send()
    }
    socket.on('message', (data: Buffer) => {
      if (check && !isAnswer(data)) reject(new Error(`This answers no frame: ${data.toString()}`))
      if (++answered === frames) resolve()
      sendNext()
    })
    for (let frame = 0; frame < WINDOW; frame++) sendNext()
  }).finally(() => socket.removeAllListeners('message'))
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - start, serverCpuMs: (user + system) / 1_000 }
}

/** Frames that become due in one turn of the loop leave in one write. */
function createSender({ tcp }: Connection): () => void {
  let due = 0
  const write = (): void => {
    reel.writeTo(tcp, due)
    due = 0
  }
  return () => {
    if (due++ === 0) setImmediate(write)
  }
}

function isAnswer(data: Buffer): boolean {
  const { code, headers, data: body } = JSON.parse(data.toString())
  return code === 200 && typeof body === 'string' && reel.messageIds.has(headers.messageId)
}
