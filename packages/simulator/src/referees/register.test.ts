import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { compileShim, type Shim } from '../testing/shim.ts'

let shim: Shim
beforeAll(async () => {
  shim = await compileShim()
})
afterAll(() => shim[Symbol.asyncDispose]())

function startBot(sim: Simulator, flag: string): ChildProcess {
  const script = fileURLToPath(new URL('../testing/node-client.child.mjs', import.meta.url))
  return spawn(process.execPath, [flag, shim.file, script], {
    env: { PATH: process.env.PATH, ...sim.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

test.each(['--import', '--require'])('the official client, untouched, talks to the simulator with %s', async flag => {
  await using sim = await createSimulator()
  const bot = startBot(sim, flag)
  let errors = ''
  bot.stderr?.on('data', data => {
    errors += String(data)
  })
  try {
    await sim.connected(1, { timeout: 60_000 }).catch(error => Promise.reject(new Error(`${error}\n${errors}`)))
    const said = await sim.user('Alice').say('hello')
    // The token (32 letters) came by axios, and the 404 for a person called `me` by fetch.
    expect((await said.reply()).content).toEqual({ kind: 'text', text: 'hello 32 404' })
    expect(errors).toContain(`api.dingtalk.com and oapi.dingtalk.com go to ${sim.url}`)
    expect(sim.violations).toEqual([])
  } finally {
    const gone = once(bot, 'close')
    bot.kill()
    await gone
  }
})
