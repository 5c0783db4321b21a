import type { StreamClientOptions } from '../../client/options.ts'
import { answering, createStreamClient } from '../../index.ts'

/** A client in a process of its own. It says what state it is in, and when it is idle, and stops at SIGUSR2. */
export interface ClientScript {
  readonly options: Omit<StreamClientOptions, 'onFrame' | 'logger'>
  /** Way of its handlers: they answer, or never come to an end. */
  readonly handlers?: 'answer' | 'hang'
}

const { options, handlers = 'answer' }: ClientScript = JSON.parse(process.argv[2] ?? '{}')
const client = createStreamClient({
  ...options,
  onFrame: answering(() => (handlers === 'hang' ? new Promise(() => {}) : undefined)),
})

client.onState(state => console.log(state))
process.on('SIGUSR2', () => {
  void client.stop({ timeout: 50 }).then(() => console.log('end'))
})
await client.start().catch((error: Error) => console.log(`failed: ${error.name}`))

let before = performance.eventLoopUtilization()
const timer = setInterval(() => {
  const { utilization } = performance.eventLoopUtilization(before)
  before = performance.eventLoopUtilization()
  if (utilization > 0.2) return
  clearInterval(timer)
  console.log('idle')
}, 50).unref()
