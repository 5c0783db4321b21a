import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { caller } from '../../testing/api.ts'
import { connect, post } from '../../testing/client.ts'
import type { FaultRequest, FaultState } from './protocol.ts'

async function ask(sim: Simulator, request: FaultRequest): Promise<FaultState> {
  const response = await fetch(`${sim.url}/_sim/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  })
  expect(response.status).toBe(200)
  return JSON.parse(await response.text())
}

describe('what is armed', () => {
  test('is shown with what is left of it, also what was armed in code, and struck', async () => {
    await using sim = await createSimulator()
    sim.faults.api({ path: /batchSend$/, fault: { status: 418 }, times: 2 })
    await ask(sim, { kind: 'api', path: '/v1.0/contact/*', fault: 'serverError', times: 2, delay: 5 })
    await ask(sim, { kind: 'push', fault: 'duplicate', probability: 0.5 })
    await ask(sim, { kind: 'flowControl', nick: 'Alice' })
    await ask(sim, { kind: 'gateway', status: 503, times: 3 })
    await ask(sim, { kind: 'handshake', refuse: 502 })
    const call = await caller(sim)
    expect((await call('GET', '/v1.0/contact/users/me')).status).toBe(503)
    const { armed } = await ask(sim, { kind: 'drop', times: 2 })
    expect(armed).toEqual([
      { family: 'api', id: 1, name: '418', where: '/batchSend$/', left: 2, struck: 0 },
      { family: 'api', id: 2, name: 'serverError', where: '/v1.0/contact/*', delay: 5, left: 1, struck: 1 },
      { family: 'push', id: 1, name: 'duplicate', probability: 0.5, left: null, struck: 0 },
      { family: 'flowControl', id: 1, name: 'flowControl', where: 'Alice', left: 1, struck: 0 },
      { family: 'gateway', id: 1, name: '503', left: 3, struck: 0 },
      { family: 'handshake', id: 1, name: '502', left: 1, struck: 0 },
      { family: 'drop', id: 1, name: 'acceptThenDrop', left: 2, struck: 0 },
    ])
  })

  test('is disarmed one by one, or all at once', async () => {
    await using sim = await createSimulator()
    await ask(sim, { kind: 'api', fault: 'qps' })
    await ask(sim, { kind: 'api', fault: 'cut' })
    await ask(sim, { kind: 'gateway', status: 503 })
    expect((await ask(sim, { kind: 'disarm', family: 'api', id: 1 })).armed).toMatchObject([
      { name: 'cut' },
      { name: '503' },
    ])
    expect((await ask(sim, { kind: 'disarm', family: 'gateway', id: 1 })).armed).toMatchObject([{ name: 'cut' }])
    expect((await ask(sim, { kind: 'clear' })).armed).toEqual([])
  })
})

test('connections are struck, one or all', async () => {
  await using sim = await createSimulator()
  const [one, other] = [await connect(sim), await connect(sim)]
  const [first] = sim.connections
  await ask(sim, { kind: 'strike', strike: 'drop', connectionId: first?.id ?? '' })
  expect((await one.closed).code).toBe(1001)
  await ask(sim, { kind: 'strike', strike: 'disconnect' })
  await other.next('disconnect')
  const { connections } = await ask(sim, { kind: 'strike', strike: 'halfOpen' })
  expect(connections).toMatchObject([{ state: 'silent' }])
})

test('how a connection ends, and what an API answers, may be said', async () => {
  await using sim = await createSimulator()
  const [one, other] = [await connect(sim), await connect(sim)]
  const [first] = sim.connections
  await ask(sim, { kind: 'strike', strike: 'drop', code: 4_000, connectionId: first?.id ?? '' })
  expect((await one.closed).code).toBe(4_000)
  await ask(sim, { kind: 'strike', strike: 'disconnect', reason: 'moved', closeAfter: 0 })
  expect(JSON.parse((await other.next('disconnect')).data)).toEqual({ reason: 'moved' })
  await other.closed
  const call = await caller(sim)
  await ask(sim, { kind: 'api', fault: 'permission', scopes: ['Own.Scope'] })
  const { body } = await call('GET', '/v1.0/contact/users/me')
  expect(JSON.stringify(body)).toContain('Own.Scope')
})

test('the clock is moved on, and tells how far', async () => {
  await using sim = await createSimulator()
  const before = sim.clock.now()
  const { ahead } = await ask(sim, { kind: 'advance', ms: 7_200_000 })
  expect(ahead).toBe(7_200_000)
  expect(sim.clock.now() - before).toBeGreaterThanOrEqual(7_200_000)
})

test('permissions are taken and given back', async () => {
  await using sim = await createSimulator()
  const { permissions } = await ask(sim, { kind: 'permission', scope: 'Card.Streaming.Write', granted: false })
  expect(permissions).toContainEqual({ scope: 'Card.Streaming.Write', granted: false })
  expect(permissions).toContainEqual({ scope: 'Card.Instance.Write', granted: true })
  expect(sim.permissions.revoked).toEqual(['Card.Streaming.Write'])
  await ask(sim, { kind: 'permission', scope: 'Card.Streaming.Write', granted: true })
  expect(sim.permissions.revoked).toEqual([])
})

test('quotas, throttles and switches are set, and given up', async () => {
  await using sim = await createSimulator()
  await ask(sim, { kind: 'quota', meter: 'api', used: 4_999, limit: 5_000 })
  await ask(sim, { kind: 'throttle', perSecond: 20 })
  await ask(sim, { kind: 'throttle', path: '/v1.0/card/streaming', perSecond: 2 })
  const state = await ask(sim, {
    kind: 'switches',
    values: { webhookPerMinute: 20, robotRedelivery: [1_000], quoteText: 'content', finishedCardIsFrozen: true },
  })
  expect(state).toMatchObject({
    quotas: { api: { used: 4_999, limit: 5_000 }, push: { used: 0, limit: null } },
    throttle: { general: 20, special: [{ path: '/v1.0/card/streaming', perSecond: 2 }] },
    switches: { webhookPerMinute: 20, robotRedelivery: [1_000], quoteText: 'content', finishedCardIsFrozen: true },
  })
  expect(sim.switches.webhookPerMinute).toBe(20)
  await ask(sim, { kind: 'quota', meter: 'api', limit: null })
  await ask(sim, { kind: 'switches', values: { webhookPerMinute: null } })
  expect(sim.quota.api.limit).toEqual(Infinity)
  expect(sim.switches.webhookPerMinute).toEqual(Infinity)
})

test('a throttle for a family of APIs strikes each of them, and is taken back', async () => {
  await using sim = await createSimulator()
  const call = await caller(sim)
  const plugins = async () =>
    Object((await call('POST', '/v1.0/robot/plugins/query', { robotCode: sim.clientId })).body).code
  const before = await plugins()
  await ask(sim, { kind: 'throttle', path: '/v1.0/robot/*', perSecond: 0 })
  expect(await plugins()).toContain('QpsLimit')
  await ask(sim, { kind: 'throttle', path: '/v1.0/robot/plugins*', perSecond: null })
  await ask(sim, { kind: 'throttle', path: '/v1.0/robot/p*', perSecond: 0 })
  expect(await plugins()).toBe(before)
  await ask(sim, { kind: 'release', path: '/v1.0/robot/plugins*' })
  expect(await plugins()).toContain('QpsLimit')
  await ask(sim, { kind: 'release', path: '/v1.0/robot/p*' })
  const { throttle } = await ask(sim, { kind: 'release', path: '/v1.0/robot/*' })
  expect(await plugins()).toEqual(before)
  expect(throttle.special).toEqual([])
})

test.each<[string, unknown, string]>([
  ['an unknown kind', { kind: 'explode' }, 'kind'],
  ['no JSON', 'hello', 'body'],
  ['an unknown fault', { kind: 'api', fault: 'bang' }, 'fault'],
  ['a probability over 1', { kind: 'push', fault: 'lost', probability: 2 }, 'probability'],
  ['no times at all', { kind: 'drop', times: 0 }, 'times'],
  ['time that runs back', { kind: 'advance', ms: -1 }, 'ms'],
  ['a switch that is none', { kind: 'switches', values: { turbo: true } }, 'values.turbo'],
  ['a switch with another value', { kind: 'switches', values: { quoteText: 'x' } }, 'values.quoteText'],
  ['a close code that nobody may send', { kind: 'strike', strike: 'drop', code: 1006 }, 'code'],
  ['a field too many', { kind: 'clear', all: true }, 'all'],
])('%s is refused by name', async (_, body, place) => {
  await using sim = await createSimulator()
  expect(await post(`${sim.url}/_sim/faults`, body)).toEqual({
    status: 400,
    body: { error: expect.stringContaining(place) },
  })
})

test('the page hears the state, and each change of it, wherever it comes from', async () => {
  await using sim = await createSimulator()
  const leave = new AbortController()
  const response = await fetch(`${sim.url}/_sim/faults/events`, { signal: leave.signal })
  const heard: string[][] = []
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const [, data] = /^data: (.*)$/m.exec(chunk) ?? []
    if (data === undefined) continue
    const state: FaultState = JSON.parse(data)
    heard.push(state.armed.map(({ name }) => name))
    if (heard.length === 1) sim.faults.api({ fault: 'html' })
    else if (heard.length === 2) sim.faults.clear()
    else break
  }
  leave.abort()
  expect(heard).toEqual([[], ['html'], []])
})
