import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const agents = await readFile(`${root}AGENTS.md`, 'utf8')
const map = [...agents.matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path ?? '')

test.each(map)('the map names %s, and it is there', path => {
  expect(existsSync(root + path)).toBe(true)
})

test('the map names every package', async () => {
  const packages = await readdir(`${root}packages`)
  expect(packages.filter(name => !map.includes(`packages/${name}/src/`))).toEqual([])
})

test('the map names every feature of transport, core and cards', async () => {
  const folders = await Promise.all(['transport', 'core', 'cards'].map(foldersOf))
  const isForUs = (folder: string): boolean => /\/(transport|cards)\/src\/testing\/$/.test(folder)
  expect(folders.flat().filter(folder => !map.includes(folder) && !isForUs(folder))).toEqual([])
})

test('the commands it names are in package.json', async () => {
  const { scripts } = JSON.parse(await readFile(`${root}package.json`, 'utf8'))
  const line = /^`demo`.*$/m.exec(agents)?.[0] ?? ''
  const commands = [...line.matchAll(/`([a-z-]+)(?: NAME)?`/g)].map(([, name]) => name)
  expect(commands).toEqual(['demo', 'test', 'stress', 'on-node', 'mutate', 'house', 'check', 'fix', 'build', 'bench'])
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(commands))
})

async function foldersOf(name: string): Promise<string[]> {
  const entries = await readdir(`${root}packages/${name}/src`, { withFileTypes: true })
  return entries.filter(entry => entry.isDirectory()).map(entry => `packages/${name}/src/${entry.name}/`)
}
