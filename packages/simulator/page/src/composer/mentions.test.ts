import { expect, test } from 'vitest'
import { type Candidate, isName, matching, queryAt } from './mentions.ts'

test.each([
  ['@', '', 0],
  ['请@', '', 1],
  ['看，@小', '小', 2],
  ['hello @Mem', 'Mem', 6],
  ['(@bo', 'bo', 1],
  ['@Member 1', 'Member 1', 0],
  ['@@bo', 'bo', 1],
])('%j asks for %j', (text, query, start) => {
  expect(queryAt(text, text.length)).toEqual({ query, start })
})

test.each(['mail a@example', 'me1@', 'meet @ home', '@Bob\nhello', 'nothing', ''])('%j asks for nobody', text => {
  expect(queryAt(text, text.length)).toBeUndefined()
})

test('what stands behind the caret is not asked for', () => {
  expect(queryAt('hello @Bob world', 8)).toEqual({ query: 'B', start: 6 })
})

test('a space belongs to the name only where somebody has such a name', () => {
  const all: readonly Candidate[] = ['Member 1', 'Bob'].map(name => ({ id: name, name, isBot: false }))
  const asks = (query: string) => isName(query, matching(all, query))
  expect(['Member 1', 'nobody', 'Bob ', 'Bob is here'].map(asks)).toEqual([true, true, false, false])
})
