import { expectTypeOf, test } from 'vitest'
import { closeFences, plainTextOf, splitMarkdown, titleOf, toDingTalkMarkdown } from '../index.ts'

test('markdown goes in as text and comes out as text', () => {
  expectTypeOf(toDingTalkMarkdown('# a', 'card')).toBeString()
  expectTypeOf(splitMarkdown('# a', { maxChars: 1_000, numbered: true })).toEqualTypeOf<string[]>()
  expectTypeOf(plainTextOf('# a')).toBeString()
  expectTypeOf(closeFences('```')).toBeString()
  expectTypeOf(titleOf('# a')).toBeString()
  // @ts-expect-error: there is no such dialect
  toDingTalkMarkdown('# a', 'html')
  // @ts-expect-error: there is no such option
  splitMarkdown('# a', { max: 1_000 })
  // @ts-expect-error: markdown is a text
  closeFences(1)
  // @ts-expect-error: markdown is a text
  plainTextOf(['# a'])
  // @ts-expect-error: a text is needed
  titleOf()
})
