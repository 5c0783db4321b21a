import { expect, test } from 'vitest'
import { createSentMemory } from './memory.ts'

const text = (text: string) => ({ msgtype: 'text', text }) as const

test('what was sent is remembered by its key, the last of it', () => {
  const memory = createSentMemory({ max: 2 })
  for (const key of ['a', 'b', 'c']) memory.remember(key, text(`text of ${key}`))
  expect(['a', 'b', 'c', undefined].map(memory.textOf)).toEqual([undefined, 'text of b', 'text of c', undefined])
})

test('however few messages are remembered, their texts are bounded', () => {
  const memory = createSentMemory({ maxChars: 10 })
  memory.remember('a', text('12345'))
  memory.remember('b', text('12345'))
  expect(memory.textOf('a')).toBe('12345')
  memory.remember('b', text('123456'))
  expect(memory.textOf('a')).toBeUndefined()
  expect(memory.textOf('b')).toBe('123456')
  memory.remember('c', text('12345678901'))
  expect(memory.textOf('b')).toBeUndefined()
  expect(memory.textOf('c')).toBeUndefined()
})
