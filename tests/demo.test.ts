import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type Child, FROM_SOURCE, startChild } from './support/child.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const children: Child[] = []

afterEach(async () => {
  for (const child of children.splice(0)) await child[Symbol.asyncDispose]()
})

/** `pnpm demo`, as package.json runs it. */
function demo(...args: string[]): Child {
  return program(['scripts/demo.ts', ...args])
}

function program(args: string[], env: Record<string, string> = {}): Child {
  const child = startChild('node', [...FROM_SOURCE, ...args], { cwd: root, env: { ...process.env, ...env } })
  children.push(child)
  return child
}

test('demo --once prints one exchange and exits 0', async () => {
  const child = demo('--once')
  expect(await child.closed).toBe(0)
  expect(child.output()).toContain('Alice: 你好，dingware\nBot:   你好，dingware\n')
})

test('demo prints the page and the variables for another bot, for which its own steps aside', async () => {
  const child = demo('--port', '0')
  await child.printed('Ctrl-C stops it')
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(child.output())?.[0] ?? 'no address'
  expect((await fetch(url)).headers.get('content-type')).toContain('text/html')
  const env = Object.fromEntries(
    [...child.output().matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
  )
  expect(env).toEqual({
    DINGTALK_CLIENT_ID: 'ding-simulator',
    DINGTALK_CLIENT_SECRET: 'simulator-secret',
    DINGTALK_OPENAPI_ENDPOINT: url,
    DINGTALK_OAPI_ENDPOINT: url,
  })
  const other = program(['examples/echo/main.ts'], env)
  await child.printed('the echo bot steps aside')
  other.process.kill('SIGINT')
  expect(await other.closed).toBe(0)
  child.process.kill('SIGINT')
  expect(await child.closed).toBe(0)
})

test('demo says that its port is in use, and which flag changes it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = demo('--port', String(port))
  expect(await child.closed).toBe(1)
  expect(child.output()).toMatch(new RegExp(`Port ${port} is in use.*--port`))
  server.close()
})

test.each([
  [['--port', 'abc'], '--port abc is no port'],
  [['--prot', '1'], 'There are --port N and --once'],
])('demo refuses %j', async (args, words) => {
  const child = demo(...args)
  expect(await child.closed).toBe(2)
  expect(child.output()).toContain(words)
})
