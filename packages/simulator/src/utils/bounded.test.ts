import { expect, test } from 'vitest'
import { bounded, setBounded } from './bounded.ts'

test('keeps the newest', () => {
  const list = bounded<number>(3)
  for (const item of [1, 2, 3, 4, 5]) list.push(item)
  expect(list.items).toEqual([3, 4, 5])
})

test('replaces what is still there', () => {
  const list = bounded<string>(2)
  list.push('a')
  list.push('b')
  expect(list.replace('a', 'c')).toBe(true)
  expect(list.replace('a', 'd')).toBe(false)
  expect(list.items).toEqual(['c', 'b'])
})

test('a bounded map drops its oldest keys', () => {
  const map = new Map<string, number>()
  for (const [value, key] of ['a', 'b', 'c'].entries()) setBounded(map, key, value, 2)
  expect([...map.keys()]).toEqual(['b', 'c'])
})
