import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSimulator } from '../simulator.ts'
import { connect, post } from '../testing/client.ts'
import { pageEvents } from '../testing/page-events.ts'

/** A request whose headers `fetch` would not let one set. */
function raw(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const call = request(url, { headers }, response => {
      resolve(response.statusCode)
      response.destroy()
    })
    call.once('error', reject)
    call.end()
  })
}

test('the page alone learns how a bot gets here', async () => {
  await using sim = await createSimulator()
  const url = `${sim.url}/_sim/environment`
  const answer = await fetch(url)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.json()).toEqual(sim.environment)
  expect(await raw(url, { origin: 'https://example.com' })).toBe(403)
  expect(await raw(url, { host: 'example.com' })).toBe(403)
})

test('the page hears a snapshot and then each change', async () => {
  await using sim = await createSimulator()
  const stream = pageEvents(sim)
  const next = async () => (await stream.next()).value
  const [ding, alice] = [sim.user('小钉'), sim.user('Alice')]
  const chat = { conversationId: expect.any(String), bots: ['Bot'] }
  expect(await next()).toEqual({
    type: 'snapshot',
    run: expect.any(String),
    users: [
      { userId: ding.userId, nick: '小钉' },
      { userId: alice.userId, nick: 'Alice' },
    ],
    conversations: expect.arrayContaining([
      { ...chat, type: 'private', title: 'Bot', memberIds: [ding.userId] },
      { ...chat, type: 'private', title: 'Bot', memberIds: [alice.userId] },
      { ...chat, type: 'group', title: '开发群', memberIds: [ding.userId, alice.userId] },
    ]),
    messages: [],
    older: 0,
    connections: 0,
  })
  await connect(sim)
  expect(await next()).toEqual({ type: 'connections', connections: 1 })
  const said = await alice.say('hi')
  const { id, conversationId, at } = said.message
  expect(await next()).toEqual({
    type: 'message',
    message: {
      id,
      conversationId,
      at,
      from: { kind: 'user', id: alice.userId, nick: 'Alice' },
      content: { kind: 'text', text: 'hi' },
    },
  })
  const bob = sim.user('Bob')
  expect(await next()).toEqual({ type: 'user', user: { userId: bob.userId, nick: 'Bob' } })
  const team = sim.group('Team', [bob])
  expect(await next()).toEqual({
    type: 'conversation',
    conversation: {
      conversationId: team.conversationId,
      type: 'group',
      title: 'Team',
      memberIds: [bob.userId],
      bots: ['Bot'],
    },
  })
  sim.rotate()
  expect(await next()).toEqual({ type: 'connections', connections: 0 })
})

describe('writing on the page', () => {
  const text = { msgtype: 'text', text: 'x' }

  test('reaches the bot as a message of that user', async () => {
    await using sim = await createSimulator()
    const client = await connect(sim)
    const [alice, team] = [sim.user('Alice'), sim.group('Team', [{ nick: 'Alice' }])]
    const content = { msgtype: 'text', text: ' hello ' }
    const body = { userId: alice.userId, conversationId: team.conversationId, content }
    const answer = await post(`${sim.url}/_sim/messages`, body)
    const [message] = sim.messages
    expect(answer).toEqual({
      status: 201,
      body: {
        id: message?.id,
        conversationId: team.conversationId,
        at: message?.at,
        from: { kind: 'user', id: alice.userId, nick: 'Alice' },
        content: { kind: 'text', text: 'hello' },
        mentions: ['Bot'],
      },
    })
    const frame = await client.next('/v1.0/im/bot/messages/get')
    expect(JSON.parse(frame.data)).toMatchObject({ senderStaffId: alice.userId, text: { content: ' hello' } })
  })

  test.each<[string, Record<string, unknown>, number, string]>([
    ['an unknown user', { userId: 'nobody' }, 404, 'There is no user nobody'],
    ['an unknown conversation', { conversationId: 'nowhere' }, 404, 'There is no conversation nowhere'],
    ['nothing to say', { content: { msgtype: 'text', text: ' ' } }, 400, 'text is empty'],
    [
      'too much to say',
      { content: { msgtype: 'text', text: 'x'.repeat(20_001) } },
      400,
      'text is over 20000 characters',
    ],
    ['a text that is none', { content: { msgtype: 'text', text: 1 } }, 400, 'Invalid type'],
    ['a file that is gone', { content: { msgtype: 'file', fileId: 'gone' } }, 404, 'The file is not there any more'],
    ['a kind that there is none of', { content: { msgtype: 'card' } }, 400, 'Invalid type'],
    ['a reply to nothing', { quoting: 'msgNothing' }, 404, 'The message that this replies to is gone'],
  ])('%s', async (_, more, status, error) => {
    await using sim = await createSimulator()
    const { userId } = sim.user('Alice')
    const { conversationId } = sim.group('Team', [{ nick: 'Alice' }])
    expect(await post(`${sim.url}/_sim/messages`, { userId, conversationId, content: text, ...more })).toEqual({
      status,
      body: { error: expect.stringContaining(error), zh: expect.stringMatching(/[一-龟]/) },
    })
    expect(sim.messages).toEqual([])
  })

  test('who is not in the conversation', async () => {
    await using sim = await createSimulator()
    const { userId } = sim.user('Alice')
    const body = { userId, conversationId: sim.group('Team').conversationId, content: text }
    expect(await post(`${sim.url}/_sim/messages`, body)).toMatchObject({ status: 400 })
  })

  test('another content type, which a foreign page may send unasked', async () => {
    await using sim = await createSimulator()
    const answer = await post(`${sim.url}/_sim/messages`, '{}', { 'content-type': 'text/plain' })
    expect(answer).toEqual({
      status: 400,
      body: { error: expect.stringContaining('application/json'), zh: expect.any(String) },
    })
  })
})

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['[::1]', true],
  ['evil.example', false],
  ['127.0.0.1.evil.example', false],
  ['192.168.0.9', false],
])('host %s: %s', async (name, allowed) => {
  await using sim = await createSimulator()
  const { port } = new URL(sim.url)
  expect(await raw(`${sim.url}/_sim/events`, { host: `${name}:${port}` })).toBe(allowed ? 200 : 403)
})

test('bound to all addresses: any address will do, no name will', async () => {
  await using sim = await createSimulator({ host: '0.0.0.0' })
  expect(await raw(`${sim.url}/_sim/events`, { host: '192.168.0.9:1' })).toBe(200)
  expect(await raw(`${sim.url}/_sim/events`, { host: 'evil.example' })).toBe(403)
})

test('another origin is refused', async () => {
  await using sim = await createSimulator()
  const { host } = new URL(sim.url)
  for (const [origin, status] of [
    [sim.url, 200],
    ['http://evil.example', 403],
    ['http://localhost:1', 403],
    [`https://${host}`, 403],
    ['null', 403],
  ] as const) {
    expect(await raw(`${sim.url}/_sim/events`, { host, origin })).toBe(status)
  }
  const answer = await post(`${sim.url}/_sim/messages`, {}, { origin: 'http://evil.example' })
  expect(answer.status).toBe(403)
})

describe('the files of the page', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-'))
    await mkdir(join(folder, 'web', 'assets'), { recursive: true })
    await writeFile(join(folder, 'web', 'index.html'), '<title>chat</title>')
    await writeFile(join(folder, 'web', 'assets', 'app.js'), 'go()')
    await writeFile(join(folder, 'secret.txt'), 'secret')
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('are served with headers that keep others out', async () => {
    await using sim = await createSimulator({ page: join(folder, 'web') })
    const page = await fetch(`${sim.url}/`)
    expect(await page.text()).toBe('<title>chat</title>')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const script = await fetch(`${sim.url}/assets/app.js`)
    expect(script.headers.get('content-type')).toBe('text/javascript;charset=utf-8')
    expect(await script.text()).toBe('go()')
    expect((await fetch(`${sim.url}/assets/none.js`)).status).toBe(404)
  })

  test('and none from outside their folder', async () => {
    await using sim = await createSimulator({ page: join(folder, 'web') })
    for (const path of ['/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/%', '/assets']) {
      expect((await fetch(sim.url + path)).status).toBe(404)
    }
  })

  test('are missed kindly when they are not built, and not at all when unwanted', async () => {
    await using unbuilt = await createSimulator({ page: join(folder, 'nothing') })
    expect(await (await fetch(unbuilt.url)).text()).toContain('pnpm build')
    await using without = await createSimulator({ page: false })
    expect((await fetch(without.url)).status).toBe(404)
  })
})
