import { execFile } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

/** Packs our packages into a folder. Resolves to the paths of the tarballs. */
export async function packPackages(folder: string): Promise<readonly string[]> {
  // Not npm: it would leave `workspace:*` where the version of a neighbour belongs.
  const pack = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', folder]
  await run('npx', ['-y', 'pnpm@10', ...pack], { cwd: root })
  const files = await readdir(folder)
  return files.filter(name => name.endsWith('.tgz')).map(name => join(folder, name))
}

/** Installs packages with npm, as users do, in a folder that is a project of its own by this. */
export async function installPackages(folder: string, packages: readonly string[]): Promise<void> {
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-progress']
  await run('npm', ['install', ...quietly, ...packages], { cwd: folder })
}
