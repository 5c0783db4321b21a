import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, Platform } from './platform.ts'
import { type Pushes, startPushing } from './pushing.ts'

/** How long pushes go on before the interruption and after it is over, in milliseconds. */
const CALM = 200

export interface InterruptionOptions {
  /**
   * - `announced`: SYSTEM `disconnect`; nothing more is delivered on that socket, which is closed `tailMs` later
   * - `abrupt`: the TCP connection is destroyed
   */
  readonly kind: 'announced' | 'abrupt'
  readonly tailMs: number
  readonly pushesPerSecond: number
}

export interface Interruption extends Pushes {
  /** From the interruption until as many connections are live as before, in milliseconds. */
  readonly gapMs: number
}

/** Takes one connection away while messages are pushed, and watches until the client has replaced it. */
export async function interrupt(platform: Platform, options: InterruptionOptions): Promise<Interruption> {
  const { kind, tailMs, pushesPerSecond } = options
  const stopPushing = startPushing(platform, pushesPerSecond)
  // The interruption falls anywhere between two pushes.
  await sleep(CALM + (Math.random() * 1_000) / pushesPerSecond)
  const [connection] = platform.live
  if (!connection) throw new Error('No client is connected.')
  const before = platform.live.size
  const start = performance.now()
  platform.live.delete(connection)
  const gone = kind === 'abrupt' ? destroy(connection) : announce(connection, tailMs)
  await platform.untilLive(before)
  const gapMs = performance.now() - start
  await gone
  await sleep(CALM)
  return { ...stopPushing(), gapMs }
}

async function destroy({ tcp }: Connection): Promise<void> {
  tcp.destroy()
}

/** Resolves when the socket is closed: by the client, or at the end of the tail by us. */
async function announce({ socket }: Connection, tailMs: number): Promise<void> {
  const closed = new Promise<void>(resolve => socket.once('close', () => resolve()))
  const tail = setTimeout(() => socket.terminate(), tailMs)
  const headers = { contentType: 'application/json', messageId: 'e07c19a4_31d_19fb40000_7ab3', topic: 'disconnect' }
  const data = JSON.stringify({ reason: 'connection is expired' })
  socket.send(JSON.stringify({ specVersion: '1.0', type: 'SYSTEM', headers, data }))
  await closed
  clearTimeout(tail)
}
