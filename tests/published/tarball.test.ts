import { execFile } from 'node:child_process'
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PACKAGES } from '../../scripts/packages.ts'
import { installPackages, packPackages } from '../../scripts/tarballs.ts'
import { type Child, startChild } from '../support/child.ts'
import { loadedFiles, packageOf } from './loaded-files.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
/** Milliseconds; on a machine with nothing else to do it takes about 15 s. */
const PATIENCE = 300_000

/** A bot as users have it: the official client, whose addresses are written into it. */
const officialBot = `
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

/** One of ours. */
const dingwareBot = `
import { cards } from '@dingware/cards'
import { createBot } from '@dingware/core'
const bot = createBot({ clientId: 'ding-simulator', clientSecret: 'simulator-secret' }).use(cards())
bot.on('chatbot:text', ctx => ctx.replyText('you said: ' + ctx.text))
await bot.start()
`

const snapshot = v.object({
  type: v.literal('snapshot'),
  users: v.array(v.object({ userId: v.string(), nick: v.string() })),
  conversations: v.array(v.object({ conversationId: v.string(), type: v.string(), memberIds: v.array(v.string()) })),
})

/** What comes from a bundled library has no source. */
const sourceMap = v.object({ sources: v.array(v.nullable(v.string())) })
const manifest = v.object({ dependencies: v.record(v.string(), v.string()) })

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
const compilerOptions = {
  target: 'es2022',
  module: 'nodenext',
  strict: true,
  skipLibCheck: false,
  noEmit: true,
  // Who writes for Node has its types; the declarations ask for them by themselves.
  typeRoots: [`${root}node_modules/@types`],
  types: [],
}

let folder = ''
/** No registry, and not everything in npm's cache: then there is nothing to prove. */
let isOffline = false
const children: Child[] = []

/** What npm users get, in an empty folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingware-tarball-'))
  const tarballs = await packPackages(folder)
  await writeFile(join(folder, 'official.js'), officialBot)
  await writeFile(join(folder, 'dingware.js'), dingwareBot)
  await writeFile(join(folder, 'consumer.ts'), consumer)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.ts'] }))
  await installPackages(folder, [...tarballs, 'dingtalk-stream@2.1.5']).catch(error => {
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

test.for(['official', 'dingware'])(
  'the published simulator has a chat, by its command line and its page, with a bot: %s',
  { timeout: PATIENCE },
  async (name, { skip }) => {
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
    start('node', ['--import', '@dingware/simulator/register', `${name}.js`], {
      DINGTALK_OPENAPI_ENDPOINT: url,
      DINGTALK_OAPI_ENDPOINT: url,
    })
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

test(
  'a bot that was only made has loaded few files, and none of the libraries that it may need later',
  async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    const program = `
      import { createBot } from '@dingware/core'
      createBot({ clientId: 'ding', clientSecret: 'secret' }).on('chatbot:text', () => {})
    `
    const files = await loadedFiles(folder, program)
    const packages = [...new Set(files.map(packageOf))]
    expect(packages.toSorted()).toEqual(['@dingware/core', '@dingware/transport', 'debug', 'ms', 'valibot'])
    const ours = files.filter(file => file.startsWith('@dingware/'))
    expect(ours.length).toBeLessThanOrEqual(6)
  },
  PATIENCE,
)

test(
  'the libraries are loaded when they are first used',
  async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    const program = `
      import { createHttpClient, createNetwork } from '@dingware/transport'
      const network = createNetwork()
      const http = createHttpClient({ network })
      await http.request({ method: 'GET', url: 'http://127.0.0.1:1/' }).catch(() => {})
      await network.close()
    `
    const packages = new Set((await loadedFiles(folder, program)).map(packageOf))
    expect(packages).toContain('undici')
    expect(packages).toContain('ky')
    expect(packages).not.toContain('ws')
  },
  PATIENCE,
)

describe.for(PACKAGES)('the tarball of %s', name => {
  const home = (): string => join(folder, 'node_modules/@dingware', name)
  const filesOf = async (ending: string): Promise<string[]> =>
    (await readdir(home(), { recursive: true })).filter(file => file.endsWith(ending))

  test('has few files of JavaScript, each with a map that leads to sources which are there, too', async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    const isOurs = (file: string): boolean => file.startsWith('dist/') && !file.startsWith('dist/page-app/')
    const maps = (await filesOf('.js.map')).filter(isOurs)
    expect((await filesOf('.js')).filter(isOurs).map(file => `${file}.map`)).toEqual(maps)
    expect(maps.length).toBeLessThanOrEqual(6)
    const sources = await Promise.all(
      maps.map(async map => {
        const { sources } = v.parse(sourceMap, JSON.parse(await readFile(join(home(), map), 'utf8')))
        return sources.flatMap(source => (source === null ? [] : join(dirname(map), source)))
      }),
    )
    expect(sources.flat().filter(source => !source.startsWith('src/'))).toEqual([])
    for (const source of sources.flat()) await expect(access(join(home(), source))).resolves.toBeUndefined()
  })

  test('has no tests, and needs no packages of types', async ({ skip }) => {
    if (isOffline) skip('the npm registry does not answer')
    expect((await filesOf('.ts')).filter(file => /\.(test|test-d|expected)\.ts$/.test(file))).toEqual([])
    const { dependencies } = v.parse(manifest, JSON.parse(await readFile(join(home(), 'package.json'), 'utf8')))
    expect(Object.keys(dependencies).filter(dependency => dependency.startsWith('@types/'))).toEqual([])
  })
})

test('the licences of bundled libraries are in the tarballs', async ({ skip }) => {
  if (isOffline) skip('the npm registry does not answer')
  const notices = (name: string): Promise<string> =>
    readFile(join(folder, 'node_modules/@dingware', name, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
  const core = await notices('core')
  for (const library of ['markdown-it', 'entities', 'linkify-it', 'mdurl', 'punycode.js', 'uc.micro']) {
    expect(core).toMatch(new RegExp(`^${library} \\d.*\\n\\n[\\s\\S]*Copyright`, 'm'))
  }
  expect(await notices('transport')).toMatch(/^proxy-from-env \d.*\n\n[\s\S]*Copyright/m)
})
