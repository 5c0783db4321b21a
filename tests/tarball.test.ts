import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Child, startChild } from './support/child.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
/** Milliseconds; on a machine with nothing else to do it takes about 15 s. */
const PATIENCE = 300_000

/** A bot as users have it: the official client, whose addresses are written into it. */
const bot = `
import { DWClient, TOPIC_ROBOT } from 'dingtalk-stream'
const client = new DWClient({ clientId: 'ding-simulator', clientSecret: 'simulator-secret' })
client.registerCallbackListener(TOPIC_ROBOT, ({ headers, data }) => {
  client.socketCallBackResponse(headers.messageId, { success: true })
  const { sessionWebhook, text } = JSON.parse(data)
  fetch(sessionWebhook, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content: 'you said: ' + text.content } }),
  })
})
await client.connect()
`

const snapshot = v.object({
  type: v.literal('snapshot'),
  users: v.array(v.object({ userId: v.string(), nick: v.string() })),
  conversations: v.array(v.object({ conversationId: v.string(), type: v.string(), memberIds: v.array(v.string()) })),
})

/** A consumer that has its compiler look into the declarations that it gets. */
const consumer = `
import { cards } from '@dingware/cards'
import { createBot } from '@dingware/core'
import { definePlugin } from '@dingware/core/plugin'
import { testBot } from '@dingware/core/testing'
import { createSimulator } from '@dingware/simulator'
import { createStreamClient } from '@dingware/transport'
export const plugin = definePlugin<{ hello(): string }>({
  name: 'hello',
  install: host => host.decorate({ hello: () => 'hello' }),
})
export const bot = createBot().use(cards()).use(plugin)
export { createSimulator, createStreamClient, testBot }
`
const compilerOptions = { target: 'es2022', module: 'nodenext', strict: true, skipLibCheck: false, noEmit: true }

let folder = ''
/** No registry, and not everything in npm's cache: then there is nothing to prove. */
let isOffline = false
const children: Child[] = []

/** What npm users get, in an empty folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingware-tarball-'))
  // Not npm: it would leave `workspace:*` where the version of a neighbour belongs.
  const pack = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await run('npx', ['-y', 'pnpm@10', ...pack], { cwd: root })
  const tarballs = (await readdir(folder)).filter(name => name.endsWith('.tgz')).map(name => `./${name}`)
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  await writeFile(join(folder, 'bot.js'), bot)
  await writeFile(join(folder, 'consumer.ts'), consumer)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-progress']
  await run('npm', ['install', ...quietly, ...tarballs, 'dingtalk-stream@2.1.5'], { cwd: folder }).catch(error => {
    isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|ETIMEDOUT/.test(String(error))
    if (!isOffline || process.env.DINGWARE_TEST_ALL) throw error
  })
}, PATIENCE)

afterAll(async () => {
  for (const child of children) await child[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

function start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Child {
  const child = startChild(program, args, { cwd: folder, env: { ...process.env, NODE_OPTIONS: '', ...env } })
  children.push(child)
  return child
}

/** What the page of a simulator is told. */
async function* pageEvents(url: string): AsyncGenerator<unknown> {
  const response = await fetch(`${url}/_sim/events`)
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? []
      text = text.slice(end + 2)
      if (data !== undefined) yield JSON.parse(data)
    }
  }
}

async function heard(events: AsyncGenerator<unknown>, fits: (event: unknown) => boolean): Promise<unknown> {
  for (let next = await events.next(); !next.done; next = await events.next()) if (fits(next.value)) return next.value
  throw new Error('The events ended')
}

test(
  'the published package has a chat, by its command line and its page, with a bot of the official client',
  async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    const cli = start(join(folder, 'node_modules/.bin/dingware-simulator'), ['--port', '0'])
    const url = await cli.printed(/http:\/\/127\.0\.0\.1:\d+/)

    const page = await (await fetch(url)).text()
    const [, script = 'no script'] = /<script[^>]+src="\.([^"]+)"/.exec(page) ?? []
    expect((await fetch(url + script)).headers.get('content-type')).toContain('javascript')

    const events = pageEvents(url)
    const { users, conversations } = v.parse(snapshot, (await events.next()).value)
    const alice = users.find(({ nick }) => nick === 'Alice')
    const chat = conversations.find(it => it.type === 'private' && it.memberIds[0] === alice?.userId)
    start('node', ['--import', '@dingware/simulator/register', 'bot.js'], { DINGTALK_OPENAPI_ENDPOINT: url })
    await heard(events, event => Object(event).connections === 1)

    await fetch(`${url}/_sim/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        userId: alice?.userId,
        conversationId: chat?.conversationId,
        content: { msgtype: 'text', text: '你好' },
      }),
    })
    const answer = await heard(events, event => Object(Object(event).message).from?.kind === 'bot')
    expect(answer).toMatchObject({ message: { content: { kind: 'text', text: 'you said: 你好' } } })

    cli.process.kill('SIGINT')
    expect(await cli.closed).toBe(0)
  },
  PATIENCE,
)

test(
  'the declarations of the published packages compile where no library is skipped',
  async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    const problems = await run(`${root}node_modules/.bin/tsc`, ['-p', folder]).then(
      () => '',
      ({ stdout }) => String(stdout),
    )
    expect(problems).toBe('')
  },
  PATIENCE,
)
