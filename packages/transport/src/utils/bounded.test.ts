import { expect, test } from 'vitest'
import { addBounded, forgetOldest, setBounded } from './bounded.ts'

test('a bounded map keeps the newest keys: one that is set again is new', () => {
  const map = new Map<string, number>()
  setBounded(map, 'a', 1, 2)
  setBounded(map, 'b', 2, 2)
  setBounded(map, 'a', 3, 2)
  setBounded(map, 'c', 4, 2)
  expect([...map.entries()]).toEqual([
    ['a', 3],
    ['c', 4],
  ])
})

test('a bounded map that was over its bound comes back under it, and one without a bound keeps all', () => {
  const map = new Map([1, 2, 3].map(key => [key, key]))
  setBounded(map, 4, 4, Number.POSITIVE_INFINITY)
  expect(map.size).toBe(4)
  setBounded(map, 5, 5, 2)
  expect([...map.keys()]).toEqual([4, 5])
})

test('a bounded set keeps the newest values: one that is added again is new', () => {
  const set = new Set<string>()
  for (const value of ['a', 'b', 'a', 'c']) addBounded(set, value, 2)
  expect([...set]).toEqual(['a', 'c'])
})

test('the oldest are forgotten up to the first that is to be kept, in the way that is given', () => {
  const ages = new Map([
    ['a', 9],
    ['b', 8],
    ['c', 1],
    ['d', 9],
  ])
  const forgotten: string[] = []
  forgetOldest(
    ages,
    age => age > 5,
    key => {
      forgotten.push(key)
      ages.delete(key)
    },
  )
  expect(forgotten).toEqual(['a', 'b'])
  expect([...ages.keys()]).toEqual(['c', 'd'])
})
