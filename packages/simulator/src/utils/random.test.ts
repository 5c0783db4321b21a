import { expect, test } from 'vitest'
import { createRandom, stableId } from './random.ts'

test('one seed, one row of numbers, spread over the whole range', () => {
  const row = (seed: number) => {
    const random = createRandom(seed)
    return Array.from({ length: 1_000 }, random)
  }
  expect(row(7)).toEqual(row(7))
  expect(row(7)).not.toEqual(row(8))
  expect(row(7).every(it => it >= 0 && it < 1)).toBe(true)
  const mean = row(7).reduce((sum, it) => sum + it, 0) / 1_000
  expect(mean).toBeGreaterThan(0.45)
  expect(mean).toBeLessThan(0.55)
})

test('stable ids depend on every part', () => {
  expect(stableId('a', 'b')).toEqual(stableId('a', 'b'))
  expect(stableId('a', 'b').digits).not.toBe(stableId('ab').digits)
})
