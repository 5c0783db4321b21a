import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Two programs are started one after the other, on a machine that may have more to do. */
const slow = { timeout: 60_000 }

type Program = ChildProcess & { readonly output: () => string }

/** `pnpm demo`, as package.json runs it. */
function demo(...args: string[]): Program {
  return program(['scripts/demo.ts', ...args])
}

function program(args: string[], env: Record<string, string> = {}): Program {
  const child = spawn('node', ['--import', 'tsx', '--conditions=@dingware/source', ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  return Object.assign(child, { output: () => output })
}

async function printed(child: Program, text: string): Promise<void> {
  while (!child.output().includes(text)) {
    if (child.exitCode !== null)
      throw new Error(`The demo ended with ${child.exitCode} before it printed ${text}:\n${child.output()}`)
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
  }
}

test('demo --once prints one exchange and exits 0', async () => {
  const child = demo('--once')
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(child.output()).toContain('Alice: 你好，dingware\nBot:   你好，dingware\n')
})

test('demo prints the page and the variables for another bot, for which its own steps aside', slow, async () => {
  const child = demo('--port', '0')
  await printed(child, 'Ctrl-C stops it')
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
  await printed(child, 'the echo bot steps aside')
  other.kill('SIGINT')
  expect(await once(other, 'exit')).toEqual([0, null])
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('demo says that its port is in use, and which flag changes it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const child = demo('--port', String(port))
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(child.output()).toMatch(new RegExp(`Port ${port} is in use.*--port`))
  server.close()
})

test.each([
  [['--port', 'abc'], '--port abc is no port'],
  [['--prot', '1'], 'There are --port N and --once'],
])('demo refuses %j', async (args, words) => {
  const child = demo(...args)
  expect(await once(child, 'exit')).toEqual([2, null])
  expect(child.output()).toContain(words)
})
