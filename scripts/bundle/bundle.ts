import { readdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { changedAt, newest } from '../changed.ts'
import type { PackageName } from '../packages.ts'
import { run } from '../run.ts'
import { bundleCode } from './code.ts'
import { readParcel } from './parcel.ts'
import { bundleTypes } from './types.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

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

/** Empties a folder, but for the page, which is built by itself. */
async function clear(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  const old = files.filter(file => file !== 'page-app')
  await Promise.all(old.map(file => rm(`${folder}/${file}`, { recursive: true })))
}
