import { expect, test } from 'vitest'
import { problemsOf } from './standard-schema.ts'

test.each([
  ['nothing where there is none', [], ''],
  [
    'where it is, through lists',
    [{ path: ['items', 0, 'name'], message: 'expected text' }],
    'items.0.name: expected text',
  ],
  ['where it is, by parts that are objects', [{ path: [{ key: 'a' }, { key: 1 }], message: 'no' }], 'a.1: no'],
  ['by symbols', [{ path: [Symbol('tag')], message: 'no' }], 'Symbol(tag): no'],
  ['the whole, where no place is named', [{ message: 'expected an object' }], 'the data: expected an object'],
  ['the whole, where the place is empty', [{ path: [], message: 'no' }], 'the data: no'],
  [
    'several',
    [
      { path: ['a'], message: 'one' },
      { path: ['b'], message: 'two' },
    ],
    'a: one; b: two',
  ],
])('problems in one line: %s', (_, issues, line) => {
  expect(problemsOf(issues)).toBe(line)
})

test('the whole may have a name', () => {
  expect(problemsOf([{ message: 'no' }], 'the template')).toBe('the template: no')
})
