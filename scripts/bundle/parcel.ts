import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { PackageName } from '../packages.ts'

const root = fileURLToPath(new URL('../../packages/', import.meta.url))

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

const versions = v.optional(v.record(v.string(), v.string()), {})
const manifest = v.object({
  exports: v.record(v.string(), v.unknown()),
  dependencies: versions,
  peerDependencies: versions,
})
const entry = v.object({ '@dingware/source': v.string(), default: v.string() })

/** Reads from the manifest of a package what its bundle is made of. */
export async function readParcel(name: PackageName): Promise<Parcel> {
  const folder = `${root}${name}`
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
