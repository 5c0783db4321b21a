import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../packages/core/src', import.meta.url))
const agents = await readFile(new URL('../AGENTS.md', import.meta.url), 'utf8')
/** In the order of the map. */
const districts = [...agents.matchAll(/^\| `packages\/core\/src\/(\w+)\/` \|/gm)].map(([, name]) => name ?? '')

const files = await sourcesOf(root)
/** Type imports count: who has to read a file to understand another is led there by either. */
const imports = new Map(await Promise.all(files.map(async file => [file, await importsOf(file)] as const)))

test('each district of core imports only those above it in the map', () => {
  const arrows = [...imports].flatMap(([from, targets]) => targets.map(to => ({ from, to })))
  const upward = arrows.filter(({ from, to }) => !isAllowed(districtOf(from), districtOf(to)))
  expect(upward).toEqual([])
})

test('no file of core leads back to itself', () => {
  const circles = files.flatMap(file => {
    const way = wayBack(file)
    return way ? [way] : []
  })
  expect(circles).toEqual([])
})

function isAllowed(from: string, to: string): boolean {
  if (from === to || !districts.includes(from)) return true
  if (from === 'middleware' && to === 'bot') return false
  return districts.includes(to) && districts.indexOf(to) < districts.indexOf(from)
}

function districtOf(file: string): string {
  return file.split('/')[0] ?? ''
}

/** The files from one back to itself. */
function wayBack(start: string): readonly string[] | undefined {
  const seen = new Set<string>()
  const ways: (readonly string[])[] = [[start]]
  for (let way = ways.pop(); way; way = ways.pop()) {
    for (const next of imports.get(way.at(-1) ?? '') ?? []) {
      if (next === start) return [...way, next]
      if (!seen.has(next)) ways.push([...way, next])
      seen.add(next)
    }
  }
  return undefined
}

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries.filter(name => /\.ts$/.test(name) && !/\.(test|test-d|expected)\.ts$/.test(name))
}

async function importsOf(file: string): Promise<string[]> {
  const source = await readFile(join(root, file), 'utf8')
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '')
  const paths = [...code.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)].map(([, path]) => path ?? '')
  return paths.map(path => relative(root, join(root, dirname(file), path))).filter(path => !path.startsWith('..'))
}
