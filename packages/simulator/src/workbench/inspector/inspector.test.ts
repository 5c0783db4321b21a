import { describe, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { caller } from '../../testing/api.ts'
import { groupCard, showCard } from '../../testing/cards.ts'
import { connect, post } from '../../testing/client.ts'
import type { EntryDetail, InspectorEntry, InspectorEvent } from './protocol.ts'

const robot = '/v1.0/im/bot/messages/get'

/** What the page is told, until `enough`. */
async function watch(
  sim: Simulator,
  enough: (entries: readonly InspectorEntry[], event: InspectorEvent) => unknown,
  text = '',
): Promise<readonly InspectorEntry[]> {
  const leave = new AbortController()
  const address = `${sim.url}/_sim/inspector/events?text=${encodeURIComponent(text)}`
  const response = await fetch(address, { signal: leave.signal })
  const entries = new Map<number, InspectorEntry>()
  let unread = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    unread += chunk
    for (let end = unread.indexOf('\n\n'); end >= 0; end = unread.indexOf('\n\n')) {
      const [, data] = /^data: (.*)$/m.exec(unread.slice(0, end)) ?? []
      unread = unread.slice(end + 2)
      if (data === undefined) continue
      const event: InspectorEvent = JSON.parse(data)
      if (event.type !== 'meters') for (const entry of event.entries) entries.set(entry.id, entry)
      const now = [...entries.values()]
      if (!enough(now, event)) continue
      leave.abort()
      return now
    }
  }
  throw new Error('The stream ended')
}

async function detail(sim: Simulator, { id }: Pick<InspectorEntry, 'id'>): Promise<EntryDetail> {
  return JSON.parse(await (await fetch(`${sim.url}/_sim/inspector/entries/${id}`)).text())
}

const ofKind = (entries: readonly InspectorEntry[], kind: InspectorEntry['kind']) =>
  entries.filter(entry => entry.kind === kind)

describe('the timeline', () => {
  test('shows what is nested too deep as far as it goes, and lives on', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const deep = `${'{"text":'.repeat(20_000)}"hi"${'}'.repeat(20_000)}`
    const { payload } = await sim.user('Alice').say('hi')
    client.ack(await client.next(robot), { data: deep })
    await post(payload.sessionWebhook, deep)
    const entries = await watch(sim, now => ofKind(now, 'call').length > 0 && ofKind(now, 'ack').length > 0, 'text')
    for (const entry of entries) expect((await detail(sim, entry)).json).toContain(entry.kind === 'push' ? 'hi' : '…')
  })

  test('has a push, its ack and the call that answers, each beside their conversation', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const { message, payload, ack } = await sim.user('Alice').say('hi')
    client.ack(await client.next(robot))
    await ack
    await post(payload.sessionWebhook, { msgtype: 'text', text: { content: 'hello' } })
    const entries = await watch(sim, now => ofKind(now, 'push').some(({ state }) => state === 'ok'))
    const here = entries.filter(({ conversationIds }) => conversationIds.includes(message.conversationId))
    expect(here).toMatchObject([
      { kind: 'push', direction: 'down', title: robot, state: 'ok', code: 200, preview: 'hi', replayable: true },
      { kind: 'ack', direction: 'up', title: robot, state: 'ok', code: 200, duration: expect.any(Number) },
      { kind: 'call', title: 'POST /robot/sendBySession', state: 'ok', code: 200, preview: 'hello' },
    ])
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'system', note: { kind: 'connection', state: 'opened' } }),
    )
  })

  test('tells what comes later, and newer states of what it has told', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const seen: string[] = []
    const done = watch(sim, (now, { type }) => {
      const [push] = ofKind(now, 'push')
      if (type === 'entries' && push) seen.push(push.state)
      return push?.state === 'ok'
    })
    await sim.user('Alice').say('hi')
    client.ack(await client.next(robot))
    await done
    expect(seen.at(-1)).toBe('ok')
  })

  test('marks a late ack, one that never came, and one with another code', async () => {
    await using sim = await createSimulator({ pushTimeout: 1_000 })
    const client = await connect(sim)
    const alice = sim.user('Alice')
    const late = await alice.say('late')
    const frame = await client.next(robot)
    sim.clock.advance(1_500)
    await late.ack
    client.ack(frame)
    const lost = await alice.say('lost')
    sim.clock.advance(1_500)
    await lost.ack
    await alice.say('bad')
    const { headers } = await client.next(robot).then(() => client.next(robot))
    client.send({ code: 500, headers: { messageId: headers.messageId }, message: 'oh', data: '{}' })
    const entries = await watch(sim, now => ofKind(now, 'ack').length === 2)
    expect(ofKind(entries, 'push')).toMatchObject([
      { preview: 'late', state: 'late', code: 200 },
      { preview: 'lost', state: 'failed', note: { kind: 'timeout' } },
      { preview: 'bad', state: 'failed', code: 500 },
    ])
    expect(ofKind(entries, 'ack')).toMatchObject([{ state: 'late' }, { state: 'failed', code: 500 }])
    expect(ofKind(entries, 'push')[0]?.duration).toBeGreaterThanOrEqual(1_500)
  })

  test('says what is against the protocol, with the frame when there is one', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    client.send('{"code":200}')
    const entries = await watch(sim, now => now.some(({ note }) => note?.kind === 'violation'))
    expect(entries.filter(({ note }) => note?.kind === 'violation')).toMatchObject([
      { kind: 'ack', state: 'failed', note: { reason: expect.stringContaining('headers') } },
    ])
  })

  test('shows refusals of both kinds of API, faults, and where a card call belongs', async () => {
    await using sim = await createSimulator()
    const call = await showCard(sim)
    const team = sim.group('Team').conversationId
    sim.faults.api({ path: '/v1.0/card/streaming', fault: 'qps' })
    const body = {
      outTrackId: 'trk_1',
      guid: 'g',
      key: 'k',
      content: 'x',
      isFull: true,
      isFinalize: false,
      isError: false,
    }
    await call('PUT', '/v1.0/card/streaming', body)
    await post(`${sim.url}/robot/sendBySession?session=none`, { msgtype: 'text', text: { content: 'x' } })
    const entries = await watch(sim, () => true)
    expect(ofKind(entries, 'call')).toMatchObject([
      { title: 'POST /v1.0/oauth2/accessToken', state: 'ok', conversationIds: [] },
      { title: 'POST /v1.0/card/instances/createAndDeliver', state: 'ok', conversationIds: [team] },
      {
        title: 'PUT /v1.0/card/streaming',
        state: 'failed',
        code: 403,
        conversationIds: [team],
        note: { kind: 'fault', name: 'qps' },
      },
      { title: 'POST /robot/sendBySession', state: 'failed', code: 300001 },
    ])
  })

  test('a message sent to several people belongs to each of their chats', async () => {
    await using sim = await createSimulator()
    const call = await caller(sim)
    const people = [sim.user('Alice'), sim.user('Bob')]
    for (const person of people) await person.say('hi')
    await call('POST', '/v1.0/robot/oToMessages/batchSend', {
      robotCode: sim.clientId,
      userIds: people.map(({ userId }) => userId),
      msgKey: 'sampleText',
      msgParam: '{"content":"to both"}',
    })
    const entries = await watch(sim, () => true)
    const sent = entries.find(({ title }) => title.endsWith('batchSend'))
    expect(sent).toMatchObject({ state: 'ok', preview: 'to both' })
    expect(new Set(sent?.conversationIds)).toEqual(new Set(sim.messages.slice(0, 2).map(it => it.conversationId)))
  })

  test('is searched on the server, in everything that went over the wire', async () => {
    await using sim = await createSimulator()
    await showCard(sim, { cardData: { cardParamMap: { deep: 'Needle "quoted"' } } })
    await sim.user('Alice').say('hay')
    for (const text of ['needle', '"quoted', 'TRK_1']) {
      const entries = await watch(sim, () => true, text)
      expect(entries.map(({ title }) => title)).toEqual(['POST /v1.0/card/instances/createAndDeliver'])
    }
  })

  test('is searched for what the details show too', async () => {
    await using sim = await createSimulator()
    await connect(sim)
    sim.permissions.revoke('Card.Instance.Write')
    await showCard(sim).catch(() => {})
    await sim.user('Alice').say('hay')
    const found = async (text: string) => (await watch(sim, () => true, text)).map(({ title }) => title)
    expect(await found('"senderNick": "Alice"')).toEqual([robot])
    expect(await found('403')).toContain('POST /v1.0/card/instances/createAndDeliver')
  })

  test('keeps the newest, and no more than it may', async () => {
    await using sim = await createSimulator({ firstPing: Number.POSITIVE_INFINITY })
    const client = await connect(sim)
    for (let index = 0; index < 5_200; index += 1) client.send(`{"n":${index}}`)
    await sim.until(() => sim.frames.some(({ raw }) => raw === '{"n":5199}'))
    const entries = await watch(sim, () => true)
    expect(entries).toHaveLength(5_000)
    expect(entries.at(-1)?.preview).toBe('{"n":5199}')
  })
})

describe('an entry', () => {
  test('in full has no secret in it: not in its parts, not as JSON, not as curl', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const { payload } = await sim.user('Alice').say('hi')
    client.ack(await client.next(robot))
    await post(payload.sessionWebhook, { msgtype: 'text', text: { content: `my secret: ${sim.clientSecret}` } })
    const call = await caller(sim)
    await call('POST', '/v1.0/card/instances/createAndDeliver', groupCard(sim))
    const secrets = [
      sim.clientSecret,
      new URL(payload.sessionWebhook).searchParams.get('session') ?? '',
      sim.calls.map(({ headers }) => headers['x-acs-dingtalk-access-token']).find(it => it) ?? '',
      sim.calls.map(({ answer }) => Object(answer).ticket).find(it => it),
    ]
    const entries = await watch(sim, () => true)
    expect(secrets.every(secret => JSON.stringify(sim.calls).includes(secret))).toBe(true)
    for (const entry of entries) {
      const shown = JSON.stringify(await detail(sim, entry))
      for (const secret of secrets) expect(shown).not.toContain(secret)
    }
    expect(JSON.stringify(entries)).not.toContain(sim.clientSecret)
  })

  test('shows JSON in texts as the value it is', async () => {
    await using sim = await createSimulator()
    await connect(sim)
    const { payload } = await sim.user('Alice').say('hi')
    const [push] = ofKind(await watch(sim, () => true), 'push')
    const { parts, json, curl } = await detail(sim, { id: push?.id ?? 0 })
    expect(parts).toEqual([
      { name: 'data', value: { ...payload, sessionWebhook: '<SESSION_WEBHOOK>' } },
      { name: 'headers', value: expect.objectContaining({ topic: robot }) },
    ])
    expect(JSON.parse(json)).toMatchObject({ kind: 'push', data: { text: { content: 'hi' } } })
    expect(curl).toBeUndefined()
  })

  test('that was pushed is pushed again under a new delivery id, an event with its own headers', async () => {
    await using sim = await createSimulator()
    const topics = [
      { type: 'CALLBACK', topic: robot },
      { type: 'EVENT', topic: '*' },
    ]
    const client = await connect(sim, { subscriptions: topics })
    await sim.user('Alice').say('hi')
    const event = sim.event('user_add_org', { userId: ['u1'] })
    const first = [await client.next(robot), await client.next('*')]
    for (const frame of first) client.ack(frame)
    await event
    const pushes = ofKind(await watch(sim, () => true), 'push')
    for (const { id } of pushes) {
      expect(await post(`${sim.url}/_sim/inspector/entries/${id}/replay`, {})).toMatchObject({
        status: 202,
        body: { delivered: true },
      })
    }
    const second = [await client.next(robot), await client.next('*')]
    expect(second.map(({ data }) => data)).toEqual(first.map(({ data }) => data))
    expect(second[1]?.headers).toMatchObject({ eventType: 'user_add_org', eventId: first[1]?.headers.eventId })
    for (const [index, { headers }] of second.entries())
      expect(headers.messageId).not.toBe(first[index]?.headers.messageId)
  })

  test('that was not pushed is not pushed again, nor one that has gone', async () => {
    await using sim = await createSimulator()
    await showCard(sim)
    const [call] = ofKind(await watch(sim, () => true), 'call')
    const replay = (id: unknown) => post(`${sim.url}/_sim/inspector/entries/${id}/replay`, {})
    expect(await replay(call?.id)).toMatchObject({ status: 400 })
    expect(await replay(999)).toMatchObject({ status: 404 })
    expect(await replay('x')).toMatchObject({ status: 404 })
  })
})

test('meters show what is used of the month, of the second, and of the minute', async () => {
  await using sim = await createSimulator({ switches: { webhookPerMinute: 20 } })
  sim.quota.api.limit = 100
  sim.throttle.limit(20)
  await connect(sim)
  const { payload, message } = await sim.user('Alice').say('hi')
  await post(payload.sessionWebhook, { msgtype: 'text', text: { content: 'hello' } })
  await showCard(sim)
  const readings: unknown[] = []
  await watch(sim, (_, event) => event.type === 'meters' && readings.push(event.meters))
  expect(readings[0]).toMatchObject({
    api: { used: 1, limit: 100 },
    push: { used: 1, limit: null },
    qps: expect.arrayContaining([{ api: 'POST /v1.0/card/instances/createAndDeliver', used: 1, limit: 20 }]),
    webhook: [{ conversationId: message.conversationId, used: 1, limit: 20, refusedUntil: 0 }],
  })
})

test('another origin is refused everywhere', async () => {
  await using sim = await createSimulator()
  const origin = 'http://evil.example'
  for (const path of ['inspector/events', 'inspector/entries/1', 'inspector/fixture', 'faults/events']) {
    expect((await fetch(`${sim.url}/_sim/${path}`, { headers: { origin } })).status).toBe(403)
  }
  for (const path of ['inspector/entries/1/replay', 'faults']) {
    expect((await post(`${sim.url}/_sim/${path}`, {}, { origin })).status).toBe(403)
    expect((await post(`${sim.url}/_sim/${path}`, '{}', { 'content-type': 'text/plain' })).status).toBe(400)
  }
})
