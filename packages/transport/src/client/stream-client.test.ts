import { createSimulator, type Simulator } from '@dingware/simulator'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Logger } from '../log/logger.ts'
import type { StreamClientOptions } from './options.ts'
import { createStreamClient, type StreamClient } from './stream-client.ts'

const BOT_TOPIC = '/v1.0/im/bot/messages/get'

let simulator: Simulator
const clients: StreamClient[] = []

beforeEach(async () => {
  simulator = await createSimulator()
})

afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.stop()))
  await simulator.close()
})

function createClient(options: Partial<StreamClientOptions> = {}): StreamClient {
  const client = createStreamClient({
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
    endpoint: simulator.url,
    subscriptions: [{ type: 'CALLBACK', topic: BOT_TOPIC }],
    onFrame: frame => void frame.respond(),
    ...options,
  })
  clients.push(client)
  return client
}

function recordingLogger(): Logger & { readonly lines: string[] } {
  const lines: string[] = []
  const record = (level: string) => (message: string) => void lines.push(`${level} ${message}`)
  return { lines, debug: () => {}, info: record('info'), warn: record('warn'), error: record('error') }
}

describe('a connection', () => {
  test('is open when start() resolves', async () => {
    const client = createClient()
    expect(client.state).toBe('idle')
    await client.start()
    expect(client.state).toBe('online')
    expect(simulator.connections).toHaveLength(1)
  })

  test('delivers a frame and sends its answer back', async () => {
    const client = createClient({ onFrame: frame => void frame.respond({ data: { seen: frame.topic } }) })
    await client.start()
    const { ack } = await simulator.push({ type: 'CALLBACK', topic: BOT_TOPIC, data: { hello: 1 } })
    expect(await ack).toMatchObject({ code: 200, data: JSON.stringify({ seen: BOT_TOPIC }) })
    expect(simulator.violations).toEqual([])
  })

  test('answers the ping of the platform', async () => {
    await createClient().start()
    const ping = await simulator.push({ type: 'SYSTEM', topic: 'ping', data: { opaque: 'abc' } })
    expect(await ping.ack).toMatchObject({ code: 200, data: JSON.stringify({ opaque: 'abc' }) })
    expect(simulator.violations).toEqual([])
  })

  test('is closed when stop() resolves', async () => {
    const client = createClient()
    await client.start()
    await client.stop()
    expect(client.state).toBe('stopped')
    await simulator.until(() => simulator.connections.length === 0)
  })
})

describe('a wrong credential', () => {
  test('rejects at once and says which variable is missing', async () => {
    const client = createClient({ clientId: undefined, clientSecret: '' })
    await expect(client.start()).rejects.toThrow(/DINGTALK_CLIENT_ID.*DINGTALK_CLIENT_SECRET/)
    expect(client.state).toBe('idle')
  })

  test('that the gateway refuses rejects at once with what it said', async () => {
    const client = createClient({ clientSecret: 'a-wrong-secret' })
    const error = await client.start().catch(error => error)
    expect(error).toMatchObject({ name: 'GatewayError', code: 'authFailed', status: 401, fatal: true })
    expect(error.message).toContain('鉴权失败')
    expect(simulator.calls.filter(call => call.path.endsWith('/connections/open'))).toHaveLength(1)
  })
})

describe('a bad frame', () => {
  const garbage = ['this is no json', '[1,2]', '{"type":"CALLBACK"}', 'null', '{"type":"CALLBACK","headers":{}}']

  test.each(garbage)('%s costs one log line, and the next frame is handled', async raw => {
    const logger = recordingLogger()
    const client = createClient({ logger })
    await client.start()
    simulator.faults.garbage(raw)
    const { ack } = await simulator.push({ type: 'CALLBACK', topic: BOT_TOPIC, data: {} })
    expect(await ack).toMatchObject({ code: 200 })
    expect(logger.lines).toEqual([expect.stringContaining('A frame was dropped')])
    expect(client.stats().badFrames).toBe(1)
  })
})
