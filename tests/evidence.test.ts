import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type EvidenceFile, evidenceOf } from '../packages/core/fixtures/evidence.ts'

const PACKAGES = fileURLToPath(new URL('../packages/', import.meta.url))
const FILES = ['api', 'cards', 'events', 'inbound'] as const satisfies readonly EvidenceFile[]

/** What is wrong with a line of a fixture file: what it says of the platform must be graded and have a source. */
function problemOf(line: string): string | undefined {
  const { _grade, _source, grade = _grade, source = _source } = JSON.parse(line)
  if (!['A', 'B', 'C'].includes(grade)) return 'says not how sure it is: grade A (a page), B (a capture), C (a belief)'
  return typeof source === 'string' && source.trim().length > 2 ? undefined : 'says not where it was seen: source'
}

test('every file of evidence is looked at', () => {
  expect(readdirSync(join(PACKAGES, 'core/fixtures/evidence')).toSorted()).toEqual(FILES.map(file => `${file}.jsonl`))
})

/** Of every package, so that no new file of fixtures slips through. */
function fixtureFiles(): readonly string[] {
  const folders = readdirSync(PACKAGES).map(name => join(name, 'fixtures'))
  return folders
    .filter(folder => existsSync(join(PACKAGES, folder)))
    .flatMap(folder =>
      readdirSync(join(PACKAGES, folder), { recursive: true, encoding: 'utf8' }).map(path => join(folder, path)),
    )
    .filter(path => path.endsWith('.jsonl'))
}

describe.each(fixtureFiles())('%s', path => {
  const lines = readFileSync(join(PACKAGES, path), 'utf8').split('\n').filter(Boolean)

  test('says of each line how sure it is, and where it was seen', () => {
    expect(lines.length).toBeGreaterThan(0)
    for (const line of lines) expect(problemOf(line), line.slice(0, 80)).toBeUndefined()
  })
})

test.each([
  ['no grade', { source: 'OD:receive-message' }],
  ['no source', { _grade: 'A' }],
  ['a grade that is none', { grade: 'sure', source: 'OD:receive-message' }],
  ['an empty source', { _grade: 'C', _source: ' ' }],
])('a fixture with %s is refused', (_, line) => {
  expect(problemOf(JSON.stringify(line))).toBeDefined()
})

test.each(FILES)('no two lines of %s have one name', file => {
  const names = evidenceOf(file).map(({ name }) => name)
  expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
})
