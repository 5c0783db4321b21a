import { expect, test } from 'vitest'
import { createRecent } from './recent.ts'

test('tells what is new, and forgets the oldest first', () => {
  const recent = createRecent(2)
  expect(recent.add('a')).toBe(true)
  expect(recent.add('b')).toBe(true)
  expect(recent.add('a')).toBe(false)
  recent.add('c')
  expect(recent.has('a')).toBe(true)
  expect(recent.has('b')).toBe(false)
  expect(recent.has('c')).toBe(true)
})
