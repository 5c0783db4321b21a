import { createSimulator, type Simulator } from '@dingware/simulator'
import { expect, test, vi } from 'vitest'
import { connectClient, createClient, FAST, openCalls, type TestOptions } from '../testing/client.ts'
import { findClosedPort } from '../testing/tcp-server.ts'

const failing = async (sim: Simulator, options: TestOptions): Promise<Error & { readonly code?: unknown }> => {
  await using client = createClient(sim, { ...FAST, ...options })
  const error = await client.start().catch((error: unknown) => error)
  if (!(error instanceof Error)) throw new Error('start() did not fail')
  return error
}

test('start() resolves when the socket is open, although no frame came yet', async () => {
  await using sim = await createSimulator({ firstPing: 60_000 })
  await using client = createClient(sim)
  expect(client.state).toBe('idle')
  await client.start()
  expect(client.state).toBe('online')
  expect(client.states).toEqual(['connecting', 'online'])
  await sim.until(() => sim.connections.length === 1)
  expect(sim.frames).toEqual([])
})

test('a missing credential fails at once and names the variables to set', async () => {
  vi.stubEnv('DINGTALK_CLIENT_ID', undefined)
  vi.stubEnv('DINGTALK_CLIENT_SECRET', undefined)
  await using sim = await createSimulator()
  const error = await failing(sim, { clientId: undefined, clientSecret: ' \n' })
  expect(error).toMatchObject({ name: 'GatewayError', code: 'ERR_MISSING_CREDENTIAL', fatal: true })
  expect(error.message).toMatch(/clientId.*DINGTALK_CLIENT_ID.*clientSecret.*DINGTALK_CLIENT_SECRET/)
  expect(openCalls(sim)).toEqual([])
})

test('a credential from the environment is used, without the newline at its end', async () => {
  await using sim = await createSimulator()
  vi.stubEnv('DINGTALK_CLIENT_ID', `${sim.clientId}\n`)
  vi.stubEnv('DINGTALK_CLIENT_SECRET', `${sim.clientSecret}\n`)
  await using client = await connectClient(sim, { clientId: undefined, clientSecret: undefined })
  expect(client.state).toBe('online')
})

test('a refused secret fails at once and says to check the credential', async () => {
  await using sim = await createSimulator()
  const error = await failing(sim, { clientSecret: 'not-the-secret' })
  expect(error).toMatchObject({ name: 'GatewayError', code: 'authFailed', status: 401, fatal: true })
  expect(error.message).toContain('鉴权失败')
  expect(error.message).toMatch(/clientId.*clientSecret.*whitespace/)
  expect(openCalls(sim)).toHaveLength(1)
})

test('an invalid parameter fails at once and names what to check', async () => {
  await using sim = await createSimulator()
  const error = await failing(sim, { ua: 'not a name and version' })
  expect(error).toMatchObject({ code: 'invalidParameter', status: 400, fatal: true })
  expect(error.message).toMatch(/ua invalid.*name\/version/)
  expect(openCalls(sim)).toHaveLength(1)
})

test('a systemError fails after three tries and names credential, publishing, Stream mode and IP list', async () => {
  await using sim = await createSimulator()
  const error = await failing(sim, { clientId: 'dingnobody' })
  expect(error).toMatchObject({ name: 'GatewayError', code: 'systemError', status: 400 })
  expect(error.message).toMatch(/clientId.*not published.*not Stream.*IP list/)
  expect(openCalls(sim)).toHaveLength(3)
})

test('a client whose start() failed has stopped, and can be started again', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ status: 401, body: { code: 'authFailed' } })
  await using client = createClient(sim)
  await expect(client.start()).rejects.toMatchObject({ code: 'authFailed' })
  expect(client.state).toBe('stopped')
  await client.start()
  expect(client.state).toBe('online')
})

test('two systemErrors are forgiven when the third try succeeds', async () => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ status: 400, body: { code: 'systemError', message: '系统错误' }, times: 2 })
  await using client = await connectClient(sim, FAST)
  expect(client.stats()).toMatchObject({ connects: 1, connectFailures: 2 })
})

test.each([
  ['an overloaded gateway', { status: 503, body: { code: 'ServiceUnavailable' } }],
  ['throttling', { status: 403, body: { code: 'Forbidden.AccessDenied.QpsLimitForApi' } }],
  ['a page of a proxy', { status: 400, body: '<html>plain HTTP request was sent to HTTPS port</html>' }],
  ['an answer without endpoint', { status: 200, body: { ticket: 'a-ticket' } }],
  ['an empty answer', { status: 200, body: '' }],
])('%s is retried until it works', async (_, fault) => {
  await using sim = await createSimulator()
  sim.faults.gateway.answer({ ...fault, times: 5 })
  await using client = await connectClient(sim, FAST)
  expect(client.stats()).toMatchObject({ state: 'online', connectFailures: 5 })
})

test('a refused handshake is retried with a new ticket', async () => {
  await using sim = await createSimulator()
  sim.faults.handshake({ refuse: 400, times: 4 })
  await using client = await connectClient(sim, FAST)
  expect(client.stats().connectFailures).toBe(4)
  expect(openCalls(sim)).toHaveLength(5)
})

test('a gateway that nobody listens for is tried until somebody does', async () => {
  const port = await findClosedPort()
  const app = { clientId: 'ding-simulator', clientSecret: 'simulator-secret' }
  await using client = createClient({ ...app, url: `http://127.0.0.1:${port}` }, FAST)
  const started = client.start()
  await vi.waitUntil(() => client.stats().connectFailures >= 3)
  await using sim = await createSimulator({ ...app, port })
  await started
  expect(openCalls(sim)).toHaveLength(1)
})

test('three calls of start() make one connection', async () => {
  await using sim = await createSimulator()
  await using client = createClient(sim)
  await Promise.all([client.start(), client.start(), client.start()])
  await client.start()
  expect(client.stats()).toMatchObject({ connections: 1, connects: 1 })
  expect(openCalls(sim)).toHaveLength(1)
})

test.each([
  ['connections', { connections: 0 }],
  ['connections', { connections: 1.5 }],
  ['reconnect.stableAfter', { reconnect: { stableAfter: Number.NaN } }],
  ['maxPayload', { maxPayload: Number.NaN }],
  ['rotateAfter', { rotateAfter: Number.POSITIVE_INFINITY }],
  ['heartbeat.interval', { heartbeat: { interval: 0 } }],
  ['wake.interval', { wake: { interval: Number.NaN } }],
  ['reconnect.cap', { reconnect: { cap: 2 ** 31 } }],
  ['ua', { ua: '机器人/1.0' }],
])('%s out of range is refused when the client is created', (name, options) => {
  const sim = { clientId: 'a', clientSecret: 'b', url: 'http://localhost' }
  expect(() => createClient(sim, options)).toThrow(`\`${name}\` is`)
})
