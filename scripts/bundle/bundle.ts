import { readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { changedAt, newest } from '../changed.ts'
import type { PackageName } from '../packages.ts'
import { run } from '../run.ts'
import { bundleCode } from './code.ts'
import { readParcel } from './parcel.ts'
import { bundleTypes } from './types.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Settings of {@link bundlePackages}. */
export interface BundleOptions {
  /** Makes the declarations, too, which takes most of the time. Default true. */
  readonly types?: boolean
}

/**
 * Fills `dist` of packages whose sources changed since it was filled (docs/decisions/packages.md). Resolves to whether
 * it succeeded; the compiler tells what is wrong.
 */
export async function bundlePackages(
  names: readonly PackageName[],
  { types = true }: BundleOptions = {},
): Promise<boolean> {
  const untyped = types ? await staleOf(names, 'index.d.ts') : []
  if (untyped.length > 0 && !(await run('tsc', ['--build', ...untyped.map(name => `packages/${name}`)]))) return false
  for (const name of untyped) {
    console.log(`> bundle the types of packages/${name}`)
    const parcel = await readParcel(name)
    await clear(`${parcel.folder}/dist`, isTypes)
    await bundleTypes(parcel)
  }
  for (const name of await staleOf(names, 'index.js')) {
    console.log(`> bundle packages/${name}`)
    const parcel = await readParcel(name)
    await clear(`${parcel.folder}/dist`, file => !isTypes(file))
    await bundleCode(parcel)
  }
  return true
}

const isTypes = (file: string): boolean => file.endsWith('.d.ts')

/** Packages of which something changed since this file was made. */
async function staleOf(names: readonly PackageName[], file: string): Promise<readonly PackageName[]> {
  const stale: PackageName[] = []
  for (const name of names) {
    const folder = `${root}packages/${name}`
    const sources = [newest(`${folder}/src`), changedAt(`${folder}/package.json`), newest(`${root}scripts/bundle`)]
    if ((await changedAt(`${folder}/dist/${file}`)) < Math.max(...(await Promise.all(sources)))) stale.push(name)
  }
  return stale
}

/** Removes files from a folder, but for the page, which is built by itself. */
async function clear(folder: string, isOld: (file: string) => boolean): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  const old = files.filter(file => file !== 'page-app' && isOld(file))
  await Promise.all(old.map(file => rm(`${folder}/${file}`, { recursive: true })))
}
