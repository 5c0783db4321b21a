import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttpClient } from '../http/http.ts'
import { answering, startWebServer } from '../testing/web-server.ts'
import { createNetwork } from './network.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')
const CONNECTIONS = 30

const sockets: WeakRef<object>[] = []
const note = (message: unknown): void => {
  if (hasSocket(message)) sockets.push(new WeakRef(message.socket))
}
const hasSocket = (value: unknown): value is { readonly socket: object } =>
  typeof value === 'object' && value !== null && 'socket' in value

beforeAll(() => subscribe('net.client.socket', note))
afterAll(() => unsubscribe('net.client.socket', note))

test.each(['answered', 'refused'] as const)('no connection is kept after its end: %s', async way => {
  const network = createNetwork()
  const http = createHttpClient({ network })
  const server = await startWebServer(answering(200, '{}', { connection: 'close' }))
  if (way === 'refused') await server[Symbol.asyncDispose]()
  sockets.length = 0
  for (let i = 0; i < CONNECTIONS; i++) {
    await http.request({ method: 'GET', url: server.url }).catch(() => {})
  }
  // The last ones may still be on their way out.
  const kept = (): number => {
    collectGarbage()
    return sockets.filter(socket => socket.deref() !== undefined).length
  }
  expect(sockets.length).toBeGreaterThanOrEqual(CONNECTIONS)
  await expect.poll(kept).toBeLessThan(CONNECTIONS / 3)
  await network.close()
  if (way === 'answered') await server[Symbol.asyncDispose]()
})
