import { expect, test } from 'vitest'
import { listNames } from './names.ts'

test('names are listed as the language does', () => {
  const names = ['Alice', 'Bea', 'Carl']
  expect(listNames(names, 'en')).toBe('Alice, Bea, and Carl')
  expect(listNames(names, 'zh-CN')).toBe('Alice、Bea和Carl')
  expect(listNames(['Alice'], 'en')).toBe('Alice')
})
