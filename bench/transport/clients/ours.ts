import { setTimeout as sleep } from 'node:timers/promises'
import { createStreamClient } from '@dingware/transport'
import { ROBOT_TOPIC, type RobotMessage } from '../message.ts'
import { type Client, readText } from './client.ts'

const quiet = { debug() {}, info() {}, warn() {}, error() {} }

export async function openOurs(url: string, connections = 1): Promise<Client> {
  const client = createStreamClient({
    clientId: 'dingbench',
    clientSecret: 'not-a-secret',
    endpoint: url,
    connections,
    subscriptions: [{ type: 'CALLBACK', topic: ROBOT_TOPIC }],
    logger: quiet,
    onFrame(frame) {
      readText(frame.data as RobotMessage)
      frame.respond()
    },
  })
  await client.start()
  while (client.stats().connections < connections) await sleep(1)
  return { close: () => client.stop() }
}
