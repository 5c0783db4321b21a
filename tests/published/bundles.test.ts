import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerTo, askForCard, clickOn } from './runtimes/conversation.ts'
import { connected, startBot } from './runtimes/started-bot.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bot = `${root}tests/published/runtimes/bot.js`
/** Runs a program of this repository. */
async function run(program: string, args: readonly string[]): Promise<void> {
  await promisify(execFile)(`node_modules/.bin/${program}`, args, { cwd: root })
}

/** Milliseconds; on a machine with nothing else to do ncc takes about 10 s. */
const PATIENCE = 300_000

const inOneFile: BuildOptions = { entryPoints: [bot], bundle: true, platform: 'node', logLevel: 'silent' }
/** Packages of CommonJS ask for Node's own modules by `require`, which a module of JavaScript does not have. */
const withRequire = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)"

/** Each makes a bundle in a folder, and gives the path of what is to be run. */
const bundlers: Readonly<Record<string, (folder: string) => Promise<string>>> = {
  async 'esbuild (CommonJS)'(folder) {
    const outfile = join(folder, 'bot.cjs')
    await build({ ...inOneFile, format: 'cjs', outfile })
    return outfile
  },
  async 'esbuild (ESM)'(folder) {
    const outfile = join(folder, 'bot.mjs')
    await build({ ...inOneFile, format: 'esm', outfile, banner: { js: withRequire } })
    return outfile
  },
  async Rollup(folder) {
    // Node 20 has no node:sqlite. undici asks for it where it is used, which a bundle would do at its beginning.
    const plugins = ['node-resolve={preferBuiltins:true}', "commonjs={ignore:['node:sqlite']}", 'json']
    const names = ['--entryFileNames', 'bot.mjs', '--chunkFileNames', '[name]-[hash].mjs']
    await run('rollup', [bot, '--dir', folder, '--silent', ...names, ...plugins.flatMap(name => ['--plugin', name])])
    return join(folder, 'bot.mjs')
  },
  async ncc(folder) {
    await run('ncc', ['build', bot, '--out', folder, '--quiet'])
    return join(folder, 'index.js')
  },
}

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dingware-bundle-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test.each(Object.keys(bundlers))(
  'a bot that %s has bundled runs where nothing is installed',
  async bundler => {
    const file = await bundlers[bundler]?.(folder)
    await using started = await startBot(['node', file ?? ''], { cwd: folder })
    await connected(started)
    const { sim, child } = started
    expect(await answerTo(sim, 'hello')).toBe('hello 1')
    const card = await askForCard(sim)
    expect(card.status).toBe('finished')
    expect((await clickOn(sim, card)).content).toMatchObject({ kind: 'text', text: 'liked' })
    child.process.kill('SIGTERM')
    expect(await child.closed).toBe(0)
    expect(child.output()).toBe('stopped\n')
  },
  PATIENCE,
)
