/** The server's process: does one scenario at a time, as its parent asks for it, and ends with its parent. */
import { flood } from './flood.ts'
import { interrupt } from './interruption.ts'
import { openPlatform } from './platform.ts'
import type { Order, Reply } from './server.ts'

const platform = await openPlatform()
const report = (reply: Reply): void => {
  process.send?.(reply)
}

process.on('message', (order: Order) => {
  const work = order.scenario === 'flood' ? flood(platform, order.options) : interrupt(platform, order.options)
  work.then(
    result => report({ result }),
    error => report({ problem: String(error) }),
  )
})
process.once('disconnect', platform.close)
report({ result: platform.url })
