import { inspect } from 'node:util'
import type { StreamClientOptions } from '../../client/options.ts'
import { answering, createStreamClient, type StreamFrame } from '../../index.ts'

/** A client that prints whatever it gets hold of, and whose handlers throw what they were given. */
export interface TalkativeScript {
  readonly options: Omit<StreamClientOptions, 'onFrame' | 'logger'>
}

const { options }: TalkativeScript = JSON.parse(process.argv[2] ?? '{}')
const print = (value: unknown): void => {
  console.log(inspect(value, { depth: 9, showHidden: true }), JSON.stringify(value), `${value}`)
}
const onFrame = (frame: StreamFrame): void => {
  const { data } = frame
  print(frame)
  throw new Error(`could not reply to ${typeof data === 'object' && data && JSON.stringify(data)}`)
}
const client = createStreamClient({ ...options, onFrame: answering(onFrame) })

client.onState(state => console.log(state))
client.onSystem(frame => print(frame.headers))
process.on('SIGUSR2', () => {
  print(client)
  print(client.stats())
  void client.stop({ timeout: 0 })
})
await client.start().catch(print)
