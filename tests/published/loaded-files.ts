import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Has Node tell of each module that it loads; those of CommonJS stand in a list of their own. */
const spy = `
import { createRequire, register } from 'node:module'
const hooks = "import { writeSync } from 'node:fs'; export const load = (url, context, next) => (writeSync(1, url + '\\\\n'), next(url, context))"
register('data:text/javascript,' + encodeURIComponent(hooks))
process.on('exit', () => {
  for (const file of Object.keys(createRequire(import.meta.url).cache)) console.log('file://' + file)
})
`

/** Lists the files below node_modules that a program loads, without the path before, each once. */
export async function loadedFiles(folder: string, program: string): Promise<string[]> {
  await writeFile(join(folder, 'spy.mjs'), spy)
  await writeFile(join(folder, 'spied.mjs'), program)
  const { stdout } = await run(process.execPath, ['--import', './spy.mjs', 'spied.mjs'], {
    cwd: folder,
    env: { PATH: process.env.PATH },
  })
  const files = stdout.split('\n').flatMap(line => /^file:.*\/node_modules\/(.*)$/.exec(line)?.[1] ?? [])
  return [...new Set(files)]
}

/** Name of the package that a file below node_modules belongs to. */
export function packageOf(file: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? ''
}
