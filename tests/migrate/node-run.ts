import { mkdir, mkdtemp, rm, rmdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { format } from 'node:util'
import type { Bot } from '@dingware/core'
import { createSimulator, type Simulator } from '@dingware/simulator'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import type { NodeScenario } from './node-scenarios.ts'
import { startOldBot } from './old-bot.ts'

const snippets = fileURLToPath(new URL('../.snippets', import.meta.url))

let folder = ''
let files = 0

beforeAll(async () => {
  await mkdir(snippets, { recursive: true })
  folder = await mkdtemp(`${snippets}/node-`)
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  // Another run may have its own in there.
  await rmdir(snippets).catch(() => {})
})

/** Writes a program to where its imports resolve as in a test. */
export async function fileOf(source: string, extension: 'mjs' | 'ts'): Promise<string> {
  const file = `${folder}/${files++}.${extension}`
  await writeFile(file, source)
  return file
}

/** Imports a program of dingware, which resolves when it has come to its end. */
async function load(sim: Simulator, source: string): Promise<{ readonly loading: Promise<{ readonly bot: Bot }> }> {
  vi.stubEnv('DINGTALK_CLIENT_ID', sim.clientId)
  vi.stubEnv('DINGTALK_CLIENT_SECRET', sim.clientSecret)
  for (const [name, value] of Object.entries(sim.environment)) vi.stubEnv(name, value)
  const loading: Promise<{ readonly bot: Bot }> = import(/* @vite-ignore */ await fileOf(source, 'ts'))
  // A program that runs its bot ends when the bot does.
  await Promise.race([sim.connected(1, { timeout: 60_000 }), loading])
  return { loading }
}

/** Runs a program of the official client beside a simulator of its own, and plays a scenario with it. */
export async function playBefore(source: string, play: NodeScenario): Promise<unknown> {
  await using sim = await createSimulator()
  await using bot = startOldBot(sim, await fileOf(source, 'mjs'))
  await sim.connected(1, { timeout: 60_000 }).catch(error => Promise.reject(new Error(`${error}\n${bot.output()}`)))
  const seen = await play({
    sim,
    printed: async text => void (await bot.printed(text)),
    async terminate() {
      bot.process.kill('SIGTERM')
    },
  })
  expect(sim.violations).toEqual([])
  return seen
}

/** The same for a program of dingware, in this process; it exports its `bot`. */
export async function playAfter(source: string, play: NodeScenario): Promise<unknown> {
  const listeners = process.listeners('SIGTERM')
  const added = () => process.listeners('SIGTERM').filter(listener => !listeners.includes(listener))
  const log = vi.spyOn(console, 'log').mockReturnValue()
  await using sim = await createSimulator()
  const { loading } = await load(sim, source)
  try {
    const seen = await play({
      sim,
      printed: text => vi.waitFor(() => expect(log.mock.calls.map(args => format(...args)).join('\n')).toContain(text)),
      async terminate() {
        await loading
        for (const listener of added()) listener('SIGTERM')
      },
    })
    expect(sim.violations).toEqual([])
    return seen
  } finally {
    for (const listener of added()) listener('SIGTERM')
    await (await loading).bot.stop()
    for (const listener of added()) process.off('SIGTERM', listener)
  }
}
