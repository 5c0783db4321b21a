import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type EvidenceFile, evidenceOf } from '../packages/core/fixtures/evidence.ts'

const FILES = ['api', 'cards', 'events', 'inbound'] as const satisfies readonly EvidenceFile[]

test('every file of evidence is looked at', () => {
  const folder = fileURLToPath(new URL('../packages/core/fixtures/evidence/', import.meta.url))
  expect(readdirSync(folder).toSorted()).toEqual(FILES.map(file => `${file}.jsonl`))
})

describe.each(FILES)('%s', file => {
  test.each(evidenceOf(file))('$name says how sure it is, and where it was seen', ({ grade, source }) => {
    expect(['A', 'B', 'C']).toContain(grade)
    expect(source.trim().length).toBeGreaterThan(2)
  })

  test('no two lines have one name', () => {
    const names = evidenceOf(file).map(({ name }) => name)
    expect(names.toSorted()).toEqual([...new Set(names)].toSorted())
  })
})
