import { expect, test } from 'vitest'
import { fullTime, shortTime } from './time.ts'

const now = new Date(2026, 4, 20, 15, 0).getTime()

test.each([
  [new Date(2026, 4, 20, 0, 5), '00:05'],
  [new Date(2026, 4, 19, 23, 59), '5月19日 23:59'],
  [new Date(2025, 11, 31, 8, 0), '2025年12月31日 08:00'],
])('%s is %s', (time, words) => {
  expect(shortTime(time.getTime(), now, 'zh-CN')).toBe(words)
})

test('what is no time is nothing, and no error', () => {
  expect(shortTime(Number.NaN, now, 'en')).toBe('')
  expect(fullTime(Number.NaN, 'en')).toBe('')
})
