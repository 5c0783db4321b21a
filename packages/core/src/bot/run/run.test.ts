import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createSimulator } from '@dingware/simulator'
import { createDeferred } from '@dingware/transport'
import { expect, test, vi } from 'vitest'
import { turn } from '../../../fixtures/turn.ts'
import { run } from './run.ts'

const program = fileURLToPath(new URL('../../../fixtures/programs/run.ts', import.meta.url))

interface Child extends AsyncDisposable {
  readonly process: ChildProcessWithoutNullStreams
  readonly stdout: () => string
  /** Waits until a line was written to stdout. */
  readonly said: (line: string) => Promise<void>
  readonly exit: Promise<number | null>
}

interface Credential {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

function start({ url, clientId, clientSecret }: Credential): Child {
  const env = {
    ...process.env,
    NODE_OPTIONS: undefined,
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_OPENAPI_ENDPOINT: url,
    DINGTALK_OAPI_ENDPOINT: url,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@dingware/source', program], { env })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', chunk => {
    stdout += chunk
  })
  child.stderr.on('data', chunk => {
    stderr += chunk
  })
  const exit = once(child, 'close').then(([code]): number | null => code)
  return {
    process: child,
    stdout: () => stdout,
    exit,
    async said(line) {
      const ended = exit.then(code => {
        throw new Error(`It ended with ${code} before it said ${line}: ${stdout}${stderr}`)
      })
      ended.catch(() => {})
      while (!stdout.split('\n').includes(line)) await Promise.race([once(child.stdout, 'data'), ended])
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exit
    },
  }
}

const slow = { timeout: 60_000 }

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops the bot, and the process ends by itself', slow, async signal => {
  await using sim = await createSimulator()
  await using child = start(sim)
  await child.said('online')
  child.process.kill(signal)
  expect(await child.exit).toBe(0)
  expect(child.stdout()).toMatch(/asked\n(draining\n)?stopped\nend\n$/)
})

test('a signal lets the running handler finish', slow, async () => {
  await using sim = await createSimulator()
  await using child = start(sim)
  await child.said('online')
  await (await sim.user('Alice').say('hi')).ack
  await child.said('handling')
  child.process.kill('SIGTERM')
  await child.said('asked')
  child.process.stdin.write('go\n')
  expect(await child.exit).toBe(0)
  expect(child.stdout()).toMatch(/asked\nhandled\n(draining\n)?stopped\nend\n$/)
})

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('a second %s ends the process at once, with code %i', slow, async (signal, code) => {
  await using sim = await createSimulator()
  await using child = start(sim)
  await child.said('online')
  await (await sim.user('Alice').say('hi')).ack
  await child.said('handling')
  child.process.kill(signal)
  await child.said('asked')
  child.process.kill(signal)
  expect(await child.exit).toBe(code)
  expect(child.stdout()).not.toContain('end')
})

test('a signal ends the process also while the bot has not connected yet', slow, async () => {
  const mute = createServer().listen(0, '127.0.0.1')
  await once(mute, 'listening')
  const address = mute.address()
  const port = typeof address === 'object' ? address?.port : 0
  await using child = start({ url: `http://127.0.0.1:${port}`, clientId: 'id', clientSecret: 'secret' })
  await child.said('connecting')
  child.process.kill('SIGTERM')
  expect(await child.exit).toBe(0)
  mute.close()
})

test('a start that fails ends the process with an error', slow, async () => {
  await using sim = await createSimulator()
  await using child = start({ url: sim.url, clientId: sim.clientId, clientSecret: 'wrong-secret' })
  expect(await child.exit).toBe(1)
  expect(child.stdout()).not.toContain('end')
})

test('a bot that is stopped by somebody else ends run() as well', slow, async () => {
  await using sim = await createSimulator()
  await using child = start(sim)
  await child.said('online')
  await sim.user('Alice').say('stop')
  expect(await child.exit).toBe(0)
  expect(child.stdout()).toMatch(/end\n$/)
})

test('leaves no listener of signals behind, and throws what start() throws', async () => {
  const before = process.listenerCount('SIGTERM')
  const failing = { start: () => Promise.reject(new Error('no credential')), stop: async () => {} }
  await expect(run(failing)).rejects.toThrow('no credential')
  expect(process.listenerCount('SIGTERM')).toBe(before)
})

test('hands its timeout to stop()', async () => {
  const timeouts: unknown[] = []
  const bot = {
    start: async () => void process.emit('SIGTERM'),
    stop: async (options: object = {}) => void timeouts.push(options),
  }
  await run(bot, { timeout: 5 })
  expect(timeouts).toEqual([{ timeout: 5 }])
})

test('at a terminal it says that the bot is online, and that it stops; elsewhere nothing', async () => {
  const { isTTY } = process.stderr
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  try {
    for (const terminal of [true, false]) {
      process.stderr.isTTY = terminal
      const { promise: started, resolve } = createDeferred()
      const running = run({ start: async () => resolve(), stop: async () => {} })
      await started
      await turn()
      process.emit('SIGTERM')
      await running
    }
    expect(write.mock.calls.map(([line]) => line)).toEqual([
      expect.stringContaining('The bot is online'),
      expect.stringContaining('Stopping'),
    ])
  } finally {
    write.mockRestore()
    process.stderr.isTTY = isTTY
  }
})
