import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'

// Koishi's adapter itself: it asks the gateway with `Accept: */*`, looks for its own name among the apps, acks nothing
// but pings, and sends markdown without a title.

let sim: Simulator
let bot: ChildProcess
beforeEach(async () => {
  sim = await createSimulator({ firstPing: 1 })
  const script = fileURLToPath(new URL('../testing/koishi.child.cjs', import.meta.url))
  bot = spawn(process.execPath, [script], { env: { PATH: process.env.PATH, ...sim.environment }, stdio: 'ignore' })
  await sim.connected(1, { timeout: 60_000 })
}, 60_000)
afterEach(async () => {
  const gone = once(bot, 'close')
  bot.kill()
  await gone
  await sim.close()
})

test('it connects, hears, replies in private and in a group, and takes back what it said', async () => {
  const alice = sim.user('Alice')
  const said = await alice.say('hello')
  expect((await said.reply()).content).toEqual({ kind: 'markdown', title: '', text: 'hello' })
  const asked = await alice.in(sim.group('Team')).say('hi all')
  expect((await asked.reply()).content).toMatchObject({ kind: 'markdown', text: ' hi all' })
  await alice.in(sim.group('Team')).say('forget this')
  await sim.until(() => sim.calls.find(({ path, status }) => path.endsWith('/groupMessages/recall') && status === 200))
  expect(sim.messages.filter(({ from }) => from.kind === 'bot')).toHaveLength(2)
  const refused = sim.calls.filter(({ status, answer }) => status !== 200 || (Object(answer).errcode ?? 0) !== 0)
  expect(refused).toEqual([])
  expect(sim.violations).toEqual([])
})
