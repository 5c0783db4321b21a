import { readdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

/** The folders in the order of their arrows: each imports only those before it. */
const ORDER = ['utils', 'text', 'template', 'deliver', 'engine', 'action', 'ai-card', 'kinds', 'flow', 'plugin']

const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  file => file.endsWith('.ts') && !/\.test(-d)?\.ts$/.test(file) && ORDER.includes(folderOf(file)),
)
const imports = new Map(files.map(file => [file, importsOf(file)]))

function folderOf(file: string): string {
  return file.split('/')[0] ?? ''
}

/** Types as well: a circle of types is one for whoever reads. */
function importsOf(file: string): readonly string[] {
  const found = readFileSync(here + file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)
  return [...found].map(([, path = '']) => relative(here, resolve(here, dirname(file), path)))
}

test('every folder has its place', () => {
  const folders = readdirSync(here, { withFileTypes: true }).filter(
    entry => entry.isDirectory() && entry.name !== 'testing',
  )
  expect(folders.map(({ name }) => name).toSorted()).toEqual(ORDER.toSorted())
})

test('each folder imports only those before it', () => {
  const upward = [...imports].flatMap(([file, paths]) =>
    paths
      .filter(path => ORDER.indexOf(folderOf(path)) > ORDER.indexOf(folderOf(file)) || folderOf(path) === 'testing')
      .map(path => `${file} > ${path}`),
  )
  expect(upward).toEqual([])
})

test('no file imports itself by way of others', () => {
  // Files whose imports are all done with go, again and again; what stays is in a circle, or leads to one.
  let left = files
  for (let before = Number.POSITIVE_INFINITY; left.length < before; ) {
    before = left.length
    left = left.filter(file => imports.get(file)?.some(path => left.includes(path)))
  }
  expect(left).toEqual([])
})
