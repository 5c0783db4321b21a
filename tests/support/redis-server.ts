import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { findProgram } from './find-program.ts'

/** A private Redis server in a folder of its own. */
export interface RedisServer {
  /** Path of its socket: `new Redis(path)` for ioredis, `createClient({ socket: { path, tls: false } })` for node-redis. */
  readonly path: string
  /** Begins again after `stop()` or `kill()`, with what its append-only file holds. Resolves when it takes commands. */
  start(): Promise<void>
  /** Ends it in order. */
  stop(): Promise<void>
  /** Ends it as a crash would: -9. */
  kill(): Promise<void>
  /** Leaves its connections open and answers nothing, until `resume()`. */
  pause(): void
  resume(): void
  /** Ends it for good and removes its folder. */
  close(): Promise<void>
}

/** Starts a Redis server that listens on a socket in a folder under the system's temporary one, and on no port. */
export async function startRedis(): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-redis-'))
  const path = join(folder, 's')
  let child: ChildProcess | undefined
  // A test run that ends early must leave no server behind.
  const endWithProcess = (): void => void child?.kill('SIGKILL')
  process.once('exit', endWithProcess)

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    const ending = child
    child = undefined
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = once(ending, 'exit')
    ending.kill(signal)
    // A paused process does not see SIGTERM.
    ending.kill('SIGCONT')
    await ended
  }
  const start = async (): Promise<void> => {
    child ??= await spawnRedis(folder, path)
  }

  await start()
  return {
    path,
    start,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void child?.kill('SIGSTOP'),
    resume: () => void child?.kill('SIGCONT'),
    async close() {
      await end('SIGKILL')
      process.off('exit', endWithProcess)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function spawnRedis(folder: string, path: string): Promise<ChildProcess> {
  const options = [
    '--port',
    '0',
    '--unixsocket',
    path,
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--appendfsync',
    'always',
  ]
  const child = spawn(findProgram('redis-server') ?? 'redis-server', [...options, '--save', '', '--daemonize', 'no'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Out of the terminal's process group: Ctrl+C ends the tests, and these end the server.
    detached: true,
  })
  child.stderr.resume()
  const said: string[] = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    if (/ready to accept connections/i.test(line)) {
      child.stdout.resume()
      return child
    }
  }
  throw new Error(`redis-server ended before it was ready:\n${said.join('\n')}`)
}
