import type { ServerResponse } from 'node:http'
import { afterEach, expect, test, vi } from 'vitest'
import { createNetwork } from '../network/network.ts'
import { startWebServer } from '../testing/web-server.ts'
import { createDeferred } from '../utils/deferred.ts'
import { createHttpClient } from './http.ts'

afterEach(() => {
  vi.useRealTimers()
})

// In a file of its own: undici has one clock for all, and it is this one only if nothing has started it before.
test('the limit of time may be longer than any that undici has itself', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const held = createDeferred<ServerResponse>()
  await using server = await startWebServer(held.resolve)
  const network = createNetwork()
  const http = createHttpClient({ network, timeout: 900_000 })
  const request = http.request({ method: 'GET', url: server.url }).catch(error => error)
  const response = await held.promise
  await vi.advanceTimersByTimeAsync(600_000)
  response.end('{"late":true}')
  expect(await request).toMatchObject({ status: 200, body: { late: true } })
  await network.close()
})
