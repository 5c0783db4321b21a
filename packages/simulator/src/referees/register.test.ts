import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'

// What is published, made here: the shim as JavaScript.
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingware-register-'))
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    rewriteRelativeImportExtensions: true,
  }
  for (const name of ['register', 'hosts']) {
    const source = await readFile(new URL(`../redirect/${name}.ts`, import.meta.url), 'utf8')
    await writeFile(join(folder, `${name}.js`), ts.transpileModule(source, { compilerOptions }).outputText)
  }
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
})
afterAll(() => rm(folder, { recursive: true }))

function startBot(sim: Simulator, flag: string): ChildProcess {
  const script = fileURLToPath(new URL('../testing/node-client.child.mjs', import.meta.url))
  return spawn(process.execPath, [flag, join(folder, 'register.js'), script], {
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
    await sim.connected(1, { timeout: 10_000 }).catch(error => Promise.reject(new Error(`${error}\n${errors}`)))
    const said = await sim.user('Alice').say('hello')
    // The token (32 letters) came by axios, and the 400 for a person called `me` by fetch.
    expect((await said.reply()).content).toEqual({ kind: 'text', text: 'hello 32 400' })
    expect(errors).toContain(`api.dingtalk.com and oapi.dingtalk.com go to ${sim.url}`)
    expect(sim.violations).toEqual([])
  } finally {
    const gone = once(bot, 'exit')
    bot.kill()
    await gone
  }
})
