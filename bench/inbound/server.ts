import { serveTasks } from '../lib/worker.ts'
import { openPlatform } from '../transport/server/platform.ts'
import { createReel, DIGITS, type Load, type Reel } from './reel.ts'

export interface FloodOptions extends Load {
  readonly messages: number
  /** Messages in flight: sent, and not yet answered. */
  readonly window: number
}

export interface Flood {
  readonly ms: number
  /** From the write to the answer, in milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Bytes of one frame on the wire. */
  readonly frameBytes: number
}

/** The platform's process. */
export type ServerTasks = {
  /** Base address of its OpenAPI. */
  readonly url: () => string
  readonly flood: (options: FloodOptions) => Promise<Flood>
}

const platform = await openPlatform()
const reels = new Map<string, Reel>()
/** Numbers are never used twice. */
let number = 0

const tasks: ServerTasks = { url: () => platform.url, flood }
serveTasks(tasks)

/** Sends the next message for each answer. */
async function flood({ messages, window, ...load }: FloodOptions): Promise<Flood> {
  const [connection] = platform.live
  if (!connection) throw new Error('No client is connected.')
  const key = JSON.stringify(load)
  const reel = reels.get(key) ?? createReel(load)
  reels.set(key, reel)
  const { socket, tcp } = connection
  const first = number
  number += messages
  const sentAt = new Float64Array(messages)
  const took = new Float64Array(messages)
  const start = performance.now()
  await new Promise<void>(resolve => {
    let [sent, answered, due] = [0, 0, 0]
    // What becomes due in one turn of the loop leaves in one write.
    const write = (): void => {
      const now = performance.now()
      sentAt.fill(now, sent, sent + due)
      reel.writeTo(tcp, first + sent, due)
      sent += due
      due = 0
    }
    const sendNext = (): void => {
      if (sent + due === messages) return
      if (due++ === 0) setImmediate(write)
    }
    socket.on('message', (data: Buffer) => {
      const index = numberOf(data) - first
      took[index] = performance.now() - (sentAt[index] ?? 0)
      if (++answered === messages) resolve()
      sendNext()
    })
    for (let frame = 0; frame < window; frame++) sendNext()
  }).finally(() => socket.removeAllListeners('message'))
  const ms = performance.now() - start
  const sorted = took.toSorted()
  const at = (share: number): number => sorted[Math.min(messages - 1, Math.floor(messages * share))] ?? 0
  return { ms, p50: at(0.5), p99: at(0.99), frameBytes: reel.bytes }
}

/** The number in the messageId of an answer; parsing it whole would cost the server more than the client. */
function numberOf(answer: Buffer): number {
  const place = answer.indexOf('19fb3')
  if (place < 0) throw new Error(`This answers no message: ${answer.toString()}`)
  return Number.parseInt(answer.toString('latin1', place + 5, place + 5 + DIGITS), 16)
}
