import type { Simulator } from '@dingware/simulator'
import { vi } from 'vitest'
import type { StreamClientOptions } from '../client/options.ts'
import { type ConnectionState, createStreamClient, type StreamClient } from '../client/stream-client.ts'
import { type RecordingLogger, recordingLogger } from './recording-logger.ts'

export const BOT_TOPIC = '/v1.0/im/bot/messages/get'
export const BOT_PUSH = { type: 'CALLBACK', topic: BOT_TOPIC, data: {} } as const
export const EVENT_PUSH = { type: 'EVENT', topic: '*', data: {} } as const
const OPEN_PATH = '/v1.0/gateway/connections/open'

/** Settings with which things happen at once that take seconds and minutes in earnest. */
export const FAST = {
  heartbeat: { interval: 100, misses: 2 },
  reconnect: { base: 5, cap: 50, stableAfter: 200, jitter: 5 },
  wake: { interval: 20, jump: 1_000 },
  gatewayTimeout: 3_000,
  handshakeTimeout: 3_000,
  drainTimeout: 500,
} satisfies Partial<StreamClientOptions>

export interface TestClient extends StreamClient, AsyncDisposable {
  readonly log: RecordingLogger
  /** Every state since it was created. */
  readonly states: readonly ConnectionState[]
}

export type TestOptions = Partial<StreamClientOptions>

/** Creates a client of the simulator, which is stopped when it goes out of scope. It answers everything at once. */
export function createClient(
  sim: Pick<Simulator, 'clientId' | 'clientSecret' | 'url'>,
  options: TestOptions = {},
): TestClient {
  const log = recordingLogger()
  const client = createStreamClient({
    clientId: sim.clientId,
    clientSecret: sim.clientSecret,
    endpoint: sim.url,
    subscriptions: [
      { type: 'EVENT', topic: '*' },
      { type: 'CALLBACK', topic: BOT_TOPIC },
    ],
    onFrame: frame => void frame.respond(),
    logger: log,
    ...options,
  })
  const states: ConnectionState[] = []
  client.onState(state => states.push(state))
  return Object.assign(client, { log, states, [Symbol.asyncDispose]: () => client.stop({ timeout: 0 }) })
}

/** Creates a client and waits until it is online. */
export async function connectClient(sim: Simulator, options: TestOptions = {}): Promise<TestClient> {
  const client = createClient(sim, options)
  await client.start()
  return client
}

/** Waits until something holds that no event of the simulator announces. */
export async function until(condition: () => boolean, timeout = 5_000): Promise<void> {
  await vi.waitUntil(condition, { timeout, interval: 5 })
}

/** Resolves when the client enters a state. */
export function entered(client: StreamClient, wanted: ConnectionState): Promise<void> {
  return new Promise(resolve => {
    const off = client.onState(state => {
      if (state !== wanted) return
      off()
      resolve()
    })
  })
}

/** The calls to the gateway so far. */
export function openCalls(sim: Simulator): Simulator['calls'] {
  return sim.calls.filter(call => call.path === OPEN_PATH)
}

/** Connections that take pushes. */
export function openConnections(sim: Simulator): Simulator['connections'] {
  return sim.connections.filter(({ state }) => state === 'open')
}
