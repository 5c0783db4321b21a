import { WebSocket } from 'ws'
import type { StreamClientOptions } from '../../client/options.ts'
import { createStreamClient } from '../../index.ts'

/** A client whose event loop is blocked after each ping, so that the answer lies unread. It prints its counters. */
export interface BlockingScript {
  readonly options: Omit<StreamClientOptions, 'onFrame' | 'logger'>
  readonly times: number
  /** Milliseconds. */
  readonly blockFor: number
}

const { options, times, blockFor }: BlockingScript = JSON.parse(process.argv[2] ?? '{}')
const client = createStreamClient({ ...options, onFrame: frame => void frame.respond() })
const { ping } = WebSocket.prototype
let blocked = 0

WebSocket.prototype.ping = function (...args: Parameters<typeof ping>) {
  ping.apply(this, args)
  setImmediate(() => {
    const until = performance.now() + blockFor
    while (performance.now() < until);
    if (++blocked < times) return
    console.log(JSON.stringify(client.stats()))
    void client.stop()
  })
}
await client.start()
