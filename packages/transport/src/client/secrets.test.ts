import { channel, tracingChannel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { createSimulator, type Simulator } from '@dingware/simulator'
import { expect, test } from 'vitest'
import type { StreamFrame } from '../frame/stream-frame.ts'
import { runScript } from '../testing/child.ts'
import { BOT_TOPIC, createClient, FAST, openCalls, until } from '../testing/client.ts'
import { startRawGateway } from '../testing/raw-gateway.ts'
import type { TalkativeScript } from '../testing/scripts/talkative.ts'

const clientSecret = 'S3cret-of-the-app_0123456789'

/** The tickets that a simulator gave out so far. */
function ticketsOf(sim: Simulator): string[] {
  return openCalls(sim).flatMap(({ answer }) => (isGrant(answer) ? [answer.ticket] : []))
}

function isGrant(answer: unknown): answer is { readonly ticket: string } {
  return typeof answer === 'object' && answer !== null && 'ticket' in answer && typeof answer.ticket === 'string'
}

function prints(value: unknown): string {
  return `${inspect(value, { depth: 9, showHidden: true })}\n${JSON.stringify(value)}\n${value}`
}

/** Lets a gateway answer with the secret that it was sent. */
const echo = { code: 'systemError', message: `no app has the secret ${clientSecret}`, requestid: 'r1' }

test('nothing that a process prints holds a secret, with debug output on and everything going wrong', async () => {
  await using sim = await createSimulator({ clientSecret, firstPing: 10 })
  const { clientId, url: endpoint } = sim
  const subscriptions = [{ type: 'CALLBACK', topic: BOT_TOPIC }] as const
  // A heartbeat that is fast, too, would take a slow machine for a dead connection.
  const timings = { ...FAST, heartbeat: {} }
  const input: TalkativeScript = { options: { ...timings, clientId, clientSecret, endpoint, subscriptions } }
  sim.faults.gateway.answer({ status: 400, body: echo, times: 2 })
  sim.faults.handshake({ refuse: 400, times: 2 })
  await using child = runScript('talkative', input, { env: { DEBUG: '*' } })
  await child.said('online')
  const said = await sim.user('Alice').say('hi')
  expect(await said.ack).toMatchObject({ status: 'acked', code: 500 })
  const [ticket = ''] = ticketsOf(sim)
  sim.faults.garbage(`?ticket=${ticket} is no frame`)
  sim.faults.garbage(JSON.stringify({ type: `ticket=${ticket}`, headers: { topic: `session=${ticket}` } }))
  sim.faults.gateway.answer({ status: 401, body: { code: 'authFailed', message: echo.message } })
  sim.faults.disconnect({ reason: `of ?ticket=${ticket}`, closeAfter: 60_000 })
  await sim.until(() => openCalls(sim).length === 7)
  await sim.connected()
  child.process.kill('SIGUSR2')
  expect(await child.exited).toBe(0)

  const output = child.stdout + child.stderr
  expect(child.stderr).toMatch(/dingware:transport.*The connection is online/)
  expect(child.stderr).toMatch(/WARN A connection attempt failed/)
  expect(child.stderr).toMatch(/ERROR A handler threw/)
  expect(child.stderr).toMatch(/ERROR The bot cannot connect any more/)
  expect(child.stdout).toContain('StreamFrame')
  const session = new URL(said.payload.sessionWebhook).searchParams.get('session') ?? ''
  expect(session).not.toBe('')
  for (const secret of [clientSecret, session, ...ticketsOf(sim)]) expect(output).not.toContain(secret)
})

test.each([
  ['authFailed', { status: 401, body: { code: 'authFailed', message: echo.message } }],
  ['systemError', { status: 400, body: echo, times: 3 }],
  ['invalidParameter', { status: 400, body: { code: 'invalidParameter', message: echo.message } }],
])('an error of start() shows no secret, although the gateway sent it back: %s', async (code, fault) => {
  await using sim = await createSimulator({ clientSecret })
  sim.faults.gateway.answer(fault)
  await using client = createClient(sim, FAST)
  const error: unknown = await client.start().catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'GatewayError', code })
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    expect(prints(cause) + cause.stack).not.toContain(clientSecret)
  }
  expect(prints(client.log.entries)).not.toContain(clientSecret)
})

test('no public object, event or line of the log shows a secret', async () => {
  const ticket = 'T1cket+with/signs=&and more'
  await using gateway = await startRawGateway({ ticket: () => ticket })
  const seen: unknown[] = []
  const record = (message: unknown): unknown => seen.push(message)
  const events = channel('dingware.connection')
  const attempts = tracingChannel<unknown, object>('dingware.connection')
  const recorders = { start: record, end: record, asyncStart: record, asyncEnd: record, error: record }
  events.subscribe(record)
  attempts.subscribe(recorders)

  const frames: StreamFrame[] = []
  const onFrame = (frame: StreamFrame): void => void frames.push(frame)
  await using client = createClient({ ...gateway, clientSecret }, { ...FAST, onFrame })
  client.onSystem(record)
  await client.start()
  const session = 'deadbeefdeadbeef'
  const data = JSON.stringify({ sessionWebhook: `https://oapi.dingtalk.com/robot/sendBySession?session=${session}` })
  gateway.sockets[0]?.send(JSON.stringify({ type: 'CALLBACK', headers: { topic: BOT_TOPIC, messageId: 'm1' }, data }))
  await until(() => frames.length === 1)
  gateway.sockets[0]?.close(1000, `?ticket=${ticket}`)
  await until(() => client.stats().connects === 2)
  events.unsubscribe(record)
  attempts.unsubscribe(recorders)

  expect(frames[0]?.data).toMatchObject({ sessionWebhook: expect.stringContaining(session) })
  expect(seen.length).toBeGreaterThan(5)
  const encoded = encodeURIComponent(ticket)
  for (const value of [client, client.stats(), client.log.entries, frames, ...seen]) {
    for (const secret of [clientSecret, ticket, encoded, session]) expect(prints(value)).not.toContain(secret)
  }
})
