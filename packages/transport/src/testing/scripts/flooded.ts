import type { StreamClientOptions } from '../../client/options.ts'
import { answering, createStreamClient } from '../../index.ts'

/** A client whose handlers never come to an end, under a flood of pushes. It says how much memory it takes. */
export interface FloodedScript {
  readonly options: Omit<StreamClientOptions, 'onFrame' | 'logger'>
}

const { options }: FloodedScript = JSON.parse(process.argv[2] ?? '{}')
const client = createStreamClient({ ...options, onFrame: answering(() => new Promise(() => {})) })
await client.start()

process.on('SIGUSR2', () => {
  globalThis.gc?.()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  console.log(JSON.stringify({ held: heapUsed + external + arrayBuffers, frames: client.stats().frames }))
  void client.stop({ timeout: 0 })
})
