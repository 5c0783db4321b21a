import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSimulator, type Simulator } from '../simulator.ts'
import { postSecurely } from '../testing/secure.ts'
import { createCertificate, namesOf } from './certificate.ts'
import { keptCertificate } from './kept.ts'

const grantSchema = v.object({ endpoint: v.string(), ticket: v.string() })

async function open(sim: Simulator, ca = sim.certificate) {
  const { clientId, clientSecret } = sim
  const subscriptions = [{ type: 'CALLBACK', topic: '/v1.0/im/bot/messages/get' }]
  const body = { clientId, clientSecret, subscriptions }
  return v.parse(grantSchema, (await postSecurely(`${sim.url}/v1.0/gateway/connections/open`, body, { ca })).body)
}

test('everything goes over TLS: gateway, socket, webhook, and what the environment tells', async () => {
  await using sim = await createSimulator({ tls: true })
  expect(sim.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(sim.environment.DINGTALK_OPENAPI_ENDPOINT).toBe(sim.url)
  const { endpoint, ticket } = await open(sim)
  expect(endpoint).toBe(`${sim.url.replace('https', 'wss')}/connect`)
  const socket = new WebSocket(`${endpoint}?ticket=${ticket}`, { ca: sim.certificate })
  await once(socket, 'open')
  const said = await sim.user('Alice').say('hi')
  expect(said.delivery.delivered).toBe(true)
  const { sessionWebhook } = said.payload
  expect(sessionWebhook).toMatch(/^https:/)
  const text = { msgtype: 'text', text: { content: 'hello' } }
  expect((await postSecurely(sessionWebhook, text, { ca: sim.certificate })).body).toMatchObject({ errcode: 0 })
  expect((await said.reply()).content).toEqual({ kind: 'text', text: 'hello' })
  socket.terminate()
})

test('by each name of this machine, for who trusts it, and for nobody else', async () => {
  await using sim = await createSimulator({ tls: true })
  const { port } = new URL(sim.url)
  const body = { appKey: sim.clientId, appSecret: sim.clientSecret }
  for (const host of ['localhost', '127.0.0.1']) {
    const answer = await postSecurely(`https://${host}:${port}/v1.0/oauth2/accessToken`, body, { ca: sim.certificate })
    expect(answer.status).toBe(200)
  }
  const other = await createCertificate(['localhost'])
  await expect(open(sim, other.cert)).rejects.toThrow('self-signed certificate')
})

test('with a certificate of one’s own, and without any', async () => {
  const certificate = await createCertificate(namesOf('127.0.0.1'))
  await using own = await createSimulator({ tls: certificate })
  expect(own.certificate).toBe(certificate.cert)
  expect(await open(own)).toMatchObject({ ticket: expect.any(String) })
  await using plain = await createSimulator()
  expect(plain.certificate).toBeUndefined()
})

test('the page is for its own origin, which has another scheme here', async () => {
  await using sim = await createSimulator({ tls: true })
  const ask = (origin: string) =>
    postSecurely(`${sim.url}/_sim/users`, { nick: 'Bob' }, { ca: sim.certificate, headers: { origin } })
  expect((await ask(sim.url)).status).not.toBe(403)
  expect((await ask(sim.url.replace('https', 'http'))).status).toBe(403)
})

test('faults strike connections here too', async () => {
  await using sim = await createSimulator({ tls: true })
  for (const strike of [() => sim.faults.reset(), () => sim.faults.drop()]) {
    const { endpoint, ticket } = await open(sim)
    const socket = new WebSocket(`${endpoint}?ticket=${ticket}`, { ca: sim.certificate })
    socket.on('error', () => {})
    const closed = once(socket, 'close')
    await once(socket, 'open')
    expect(strike()).toBe(1)
    await closed
    await sim.until(() => sim.connections.length === 0)
  }
})

test('who listens on all addresses is known by each of them', () => {
  expect(namesOf('127.0.0.1')).toEqual(['localhost', '127.0.0.1', '::1'])
  expect(namesOf('sim.example')).toContain('sim.example')
  expect(namesOf('0.0.0.0')).not.toContain('0.0.0.0')
  expect(namesOf('0.0.0.0').length).toBeGreaterThanOrEqual(3)
})

describe('a certificate that is kept', () => {
  let folder = ''
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'dingware-tls-')), 'kept')
  })
  afterEach(() => rm(join(folder, '..'), { recursive: true }))
  const names = ['localhost', '127.0.0.1']

  test('is the same at the next start, and its key is for its owner only', async () => {
    const first = await keptCertificate(folder, names)
    expect(await keptCertificate(folder, names)).toEqual(first)
    expect(await readFile(first.file, 'utf8')).toBe(first.cert)
    expect((await stat(join(folder, 'key.pem'))).mode & 0o777).toBe(0o600)
  })

  test.each<[string, (folder: string) => Promise<readonly string[]>]>([
    ['another name', async () => [...names, 'sim.example']],
    ['half of it lost', async at => rm(join(at, 'key.pem')).then(() => names)],
    [
      'the key of another',
      async at => writeFile(join(at, 'key.pem'), (await createCertificate(names)).key).then(() => names),
    ],
    ['no certificate at all', async at => writeFile(join(at, 'cert.pem'), 'x').then(() => names)],
  ])('is made anew for %s', async (_, change) => {
    const first = await keptCertificate(folder, names)
    const second = await keptCertificate(folder, await change(folder))
    expect(second.cert).not.toBe(first.cert)
    await using sim = await createSimulator({ tls: second })
    expect(await open(sim)).toMatchObject({ ticket: expect.any(String) })
  })

  test('what cannot be written is told', async () => {
    await writeFile(join(folder, '..', 'file'), '')
    await expect(keptCertificate(join(folder, '..', 'file'), names)).rejects.toMatchObject({ code: 'ENOTDIR' })
  })
})
