import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { installPackages, packPackages } from '../../scripts/tarballs.ts'

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
    const tarballs = await packPackages(home)
    const tarball = (name: string): string => {
      const file = tarballs.find(it => basename(it).startsWith(`dingware-${name}-`))
      if (!file) throw new Error(`There is no tarball of ${name}.`)
      return file
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
  await installPackages(folder, packages)
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
