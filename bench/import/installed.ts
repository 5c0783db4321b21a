import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** A package as its users have it: in a folder with nothing else. */
export interface Installed {
  readonly folder: string
  /** Packages in `node_modules`, the one itself included. */
  readonly packages: number
  /** Sum of the sizes of all files, in MiB. */
  readonly mebibytes: number
}

/** Folders with what is compared, and how to remove them. */
export interface Installations extends AsyncDisposable {
  readonly dingware: Installed
  readonly cards: Installed
  readonly official: Installed
}

/** Packs our packages, and installs them and the official client, each in a temporary folder. */
export async function install(): Promise<Installations> {
  const home = await mkdtemp(join(tmpdir(), 'dingware-bench-'))
  try {
    // Not npm: it would leave `workspace:*` where the version of a neighbour belongs.
    const pack = ['--recursive', '--filter', './packages/*', 'pack', '--pack-destination', home]
    await run('npx', ['-y', 'pnpm@10', ...pack], { cwd: root })
    const files = await readdir(home)
    const tarball = (name: string): string => {
      const file = files.find(it => it.startsWith(`dingware-${name}-`))
      if (!file) throw new Error(`There is no tarball of ${name}.`)
      return join(home, file)
    }
    const bare = [tarball('transport'), tarball('core')]
    return {
      dingware: await installIn(join(home, 'core'), bare),
      cards: await installIn(join(home, 'cards'), [...bare, tarball('cards')]),
      official: await installIn(join(home, 'official'), ['dingtalk-stream@2.1.5']),
      [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }),
    }
  } catch (error) {
    await rm(home, { recursive: true, force: true })
    throw error
  }
}

async function installIn(folder: string, packages: readonly string[]): Promise<Installed> {
  await mkdir(folder)
  await writeFile(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--no-progress']
  await run('npm', ['install', ...quietly, ...packages], { cwd: folder })
  const files = await readdir(join(folder, 'node_modules'), { recursive: true })
  const sizes = await Promise.all(files.map(file => sizeOf(join(folder, 'node_modules', file))))
  return {
    folder,
    packages: files.filter(file => /(^|node_modules\/)(@[^/]+\/)?[^/@.][^/]*\/package\.json$/.test(file)).length,
    mebibytes: sizes.reduce((sum, size) => sum + size, 0) / 2 ** 20,
  }
}

/** Bytes; 0 for a folder, whose own size depends on the file system. */
async function sizeOf(path: string): Promise<number> {
  const entry = await stat(path)
  return entry.isFile() ? entry.size : 0
}
