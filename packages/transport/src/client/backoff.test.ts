import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBackoff } from './backoff.ts'

const latest = { random: () => 1 }

test('the first attempt follows at once, then one second, doubled up to thirty', () => {
  const backoff = createBackoff(latest)
  const delays = Array.from({ length: 9 }, () => backoff.next())
  expect(delays).toEqual([50, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
})

test('the steps start over after a connection that lived for sixty seconds, not after a shorter one', () => {
  const backoff = createBackoff(latest)
  for (let i = 0; i < 4; i++) backoff.next()
  backoff.lived(59_999)
  expect(backoff.next()).toBe(8_000)
  backoff.lived(60_000)
  expect(backoff.next()).toBe(50)
  expect(backoff.next()).toBe(1_000)
})

test('the steps start over when told to', () => {
  const backoff = createBackoff(latest)
  for (let i = 0; i < 4; i++) backoff.next()
  backoff.reset()
  expect(backoff.next()).toBe(50)
})

const settings = fc.record({
  base: fc.integer({ min: 1, max: 10_000 }),
  cap: fc.integer({ min: 1, max: 300_000 }),
  jitter: fc.integer({ min: 0, max: 1_000 }),
})

test('a delay is spread over its whole step, and never exceeds the cap', () => {
  const property = fc.property(
    settings,
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 2_000 }),
    (options, numbers) => {
      let at = 0
      const backoff = createBackoff({ ...options, random: () => numbers[at] ?? 0 })
      for (const [attempt, number] of numbers.entries()) {
        at = attempt
        const step = attempt === 0 ? options.jitter : Math.min(options.cap, options.base * 2 ** (attempt - 1))
        const delay = backoff.next()
        expect(delay).toBeCloseTo(number * step)
        expect(delay).toBeLessThanOrEqual(attempt === 0 ? options.jitter : options.cap)
      }
    },
  )
  fc.assert(property)
})

test('Math.random spreads the attempts of many clients', () => {
  const delays = Array.from({ length: 200 }, () => {
    const backoff = createBackoff()
    backoff.next()
    return backoff.next()
  })
  expect(Math.min(...delays)).toBeLessThan(300)
  expect(Math.max(...delays)).toBeGreaterThan(700)
})
