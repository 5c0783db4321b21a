import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hasText, requireText } from './text.ts'

describe('there is nothing to see in', () => {
  test.each<[name: string, text: string]>([
    ['nothing', ''],
    ['blanks', ' \n\t\u00a0\u3000\u2009\u202f\u205f'],
    ['line ends of all kinds', '\r\n\u2028\u2029\u0085'],
    ['zero-width characters', '\u200b\u200c\u200d\u2060'],
    ['a byte order mark', '\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['marks of direction', '\u200e\u200f\u202a\u202e\u2066\u2069\u061c'],
    ['a blank of Braille', '\u2800'],
    ['fillers of Hangul', '\u115f\u1160\u3164\uffa0'],
    ['a Mongolian separator', '\u180e'],
    ['selectors of variants', '\ufe0f\ufe0e'],
    ['tags', '\u{e0001}\u{e0061}'],
    ['control characters', '\0\u0007\u001b'],
    ['anchors of annotations', '\ufff9\ufffb'],
    ['all of them', ' \u200b\u00ad\u2800\u3164\ufeff'],
  ])('%s', (_name, text) => {
    expect(hasText(text)).toBe(false)
  })
})

describe('there is something to see in', () => {
  test.each([
    '字',
    '0',
    '.',
    '👨\u200d👩\u200d👧',
    '❤\ufe0f',
    '👍🏽',
    '🇨🇳',
    '\u200b.',
    '⠁',
    '한',
    '\u00a0- ',
    '\u0301',
    '\ue000',
  ])('%j', text => {
    expect(hasText(text)).toBe(true)
  })

  test('whatever has a letter, a number, a mark or a sign', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('字', 'a', '1', '€', '?', '😀'), (text, shown) => {
        expect(hasText(text + shown)).toBe(true)
      }),
    )
  })
})

test('a text is required by name', () => {
  expect(() => requireText('The DING', 'its `content`', '\u200b')).toThrow(
    expect.objectContaining({
      code: 'ERR_EMPTY_MESSAGE',
      message: expect.stringMatching(/^The DING .* its `content` is empty/),
    }),
  )
  expect(() => requireText('The DING', 'its `content`', undefined)).toThrow(TypeError)
  expect(() => requireText('The DING', 'its `content`', 'a')).not.toThrow()
})

test('a long text of blanks is looked at in no time', () => {
  const start = performance.now()
  hasText(`${' \u200b'.repeat(500_000)}x`)
  expect(performance.now() - start).toBeLessThan(1_000)
})
