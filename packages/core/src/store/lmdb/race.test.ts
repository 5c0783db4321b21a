import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { lmdbStore } from './lmdb-store.ts'

const program = fileURLToPath(new URL('../../../fixtures/programs/race.ts', import.meta.url))
const tidy: (() => unknown)[] = []

interface Racer {
  readonly process: ChildProcessWithoutNullStreams
  readonly next: () => Promise<string>
}

async function start(path: string): Promise<Racer> {
  const env = { ...process.env, NODE_OPTIONS: undefined }
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=@dingware/source', program, path], { env })
  tidy.push(() => child.kill('SIGKILL'))
  child.stderr.pipe(process.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<string> => (await lines.next()).value ?? ''
  expect(await next()).toBe('ready')
  return { process: child, next }
}

afterEach(async () => {
  while (tidy.length > 0) await tidy.pop()?.()
})

test('of two processes that add the same keys one wins each, and counting together they lose nothing', {
  timeout: 30_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dingware-race-'))
  tidy.push(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'bot.mdb')
  const racers = await Promise.all([start(path), start(path)])
  const ended = racers.map(racer => once(racer.process, 'close'))
  for (const racer of racers) racer.process.stdin.write('go\n')
  const won: number[][] = await Promise.all(racers.map(async racer => JSON.parse(await racer.next())))

  expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, key) => key))
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0])
  await using store = lmdbStore({ path })
  expect((await store.get('count'))?.value).toBe(200)
})
