import { readdir, readFile, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { changedAt, newest } from '../changed.ts'
import type { PackageName } from '../packages.ts'
import { run } from '../run.ts'
import { bundleCode } from './code.ts'
import { bundleTypes } from './types.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files that are no entry for importers: a file in `bin` starts them. */
const PROGRAMS: Partial<Record<PackageName, Readonly<Record<string, string>>>> = {
  simulator: { cli: './src/cli/main.ts' },
}

/** One package, and what is made of it. */
export interface Parcel {
  /** Absolute path of the package. */
  readonly folder: string
  /** Sources of the entries, relative to the folder, by the names of their files in `dist`. */
  readonly entries: Readonly<Record<string, string>>
  readonly programs: Readonly<Record<string, string>>
  /** Packages that users install along. All others that are imported go into the bundle. */
  readonly external: readonly string[]
}

/**
 * Fills `dist` of packages whose sources changed since it was filled (docs/decisions/packages.md). Resolves to whether
 * it succeeded; the compiler tells what is wrong.
 */
export async function bundlePackages(names: readonly PackageName[]): Promise<boolean> {
  const stale: PackageName[] = []
  for (const name of names) if (await isStale(name)) stale.push(name)
  if (stale.length === 0) return true
  if (!(await run('tsc', ['--build', ...stale.map(name => `packages/${name}`)]))) return false
  for (const name of stale) {
    console.log(`> bundle packages/${name}`)
    const parcel = await readParcel(name)
    await clear(`${parcel.folder}/dist`)
    await bundleTypes(parcel)
    // Last, as the age of its files is what tells whether the whole is stale.
    await bundleCode(parcel)
  }
  return true
}

async function isStale(name: PackageName): Promise<boolean> {
  const folder = `${root}packages/${name}`
  const sources = [newest(`${folder}/src`), changedAt(`${folder}/package.json`), newest(`${root}scripts/bundle`)]
  return (await changedAt(`${folder}/dist/index.js`)) < Math.max(...(await Promise.all(sources)))
}

const versions = v.optional(v.record(v.string(), v.string()), {})
const manifest = v.object({
  exports: v.record(v.string(), v.unknown()),
  dependencies: versions,
  peerDependencies: versions,
})
const entry = v.object({ '@dingware/source': v.string(), default: v.string() })

async function readParcel(name: PackageName): Promise<Parcel> {
  const folder = `${root}packages/${name}`
  const { exports, ...needs } = v.parse(manifest, JSON.parse(await readFile(`${folder}/package.json`, 'utf8')))
  const entries = Object.values(exports)
    .filter(it => v.is(entry, it))
    .map(it => [basename(it.default, '.js'), it['@dingware/source']])
  return {
    folder,
    entries: Object.fromEntries(entries),
    programs: PROGRAMS[name] ?? {},
    external: Object.keys({ ...needs.dependencies, ...needs.peerDependencies }),
  }
}

/** Empties a folder, but for the page, which is built by itself. */
async function clear(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  const old = files.filter(file => file !== 'page-app')
  await Promise.all(old.map(file => rm(`${folder}/${file}`, { recursive: true })))
}
