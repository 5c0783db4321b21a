import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { toDingTalkMarkdown } from './fit.ts'
import { jsonBytes } from './limits.ts'
import { plainTextOf, titleOf } from './plain.ts'
import { splitMarkdown } from './split.ts'

const renderer = new MarkdownIt({ html: true })

const marks = [
  '```',
  '~~~',
  '`',
  '> ',
  '- ',
  '1. ',
  '10) ',
  '* ',
  '| ',
  '|-|',
  '\n|---|---|\n',
  '#',
  '**',
  '_',
  '[',
  '](',
  ')',
  '\\',
  '<div>',
  '<!--',
  '&',
  '---',
  '===',
  '<br>',
  '~~',
  '!',
]
const texts = [
  'a',
  '中',
  '。',
  'é',
  '😀',
  '👨‍👩‍👧‍👦',
  '\uD83D',
  '\u0000',
  ' ',
  '    ',
  '\t',
  '\n',
  '\r\n',
  '\n\n',
  '  \n',
  'word ',
]
const snippet = fc.constantFrom(...marks, ...texts)
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.array(snippet, { maxLength: 300 }).map(parts => parts.join('')),
  fc
    .array(fc.tuple(snippet, fc.integer({ min: 1, max: 80 })), { maxLength: 12 })
    .map(runs => runs.map(([text, times]) => text.repeat(times)).join('')),
)

const limits = fc.record({
  maxChars: fc.integer({ min: 100, max: 500 }),
  maxBytes: fc.integer({ min: 600, max: 2000 }),
  numbered: fc.boolean(),
})

/** The unclosed fences of a part, wherever they stand. */
function openFences(part: string): string[] {
  const lines = part.split('\n')
  return renderer.parse(part, {}).flatMap(({ type, map, markup }) => {
    const last = lines[(map?.[1] ?? 0) - 1]?.replace(/^[ \t>]*/, '').trimEnd() ?? ''
    const isClosed = last.startsWith(markup) && map !== null && map[1] - map[0] > 1
    return type === 'fence' && !isClosed ? [markup] : []
  })
}

function lettersOf(text: string): string[] {
  return text.match(/\p{L}|\p{Extended_Pictographic}/gu) ?? []
}

describe('whatever the text', () => {
  test('every part keeps within the limits and closes its fences', () => {
    fc.assert(
      fc.property(hostile, limits, (text, options) => {
        for (const part of splitMarkdown(text, options)) {
          expect(part.length).toBeLessThanOrEqual(options.maxChars)
          expect(jsonBytes(part)).toBeLessThanOrEqual(options.maxBytes)
          expect(openFences(part)).toEqual([])
          expect(part.trim()).not.toBe('')
        }
      }),
      { numRuns: 500 },
    )
  })

  test('no letter is lost', () => {
    fc.assert(
      fc.property(hostile, limits, (text, options) => {
        const wanted = lettersOf(text)
        let at = 0
        // In order, with what is repeated in between.
        for (const letter of lettersOf(splitMarkdown(text, options).join('\n'))) if (letter === wanted[at]) at++
        expect(wanted.slice(at).join('')).toBe('')
      }),
      { numRuns: 500 },
    )
  })

  test('no surrogate pair is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 600 }), limits, (text, options) => {
        for (const part of splitMarkdown(text, options)) expect(part).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })
})

const SIZE = 100_000

function upTo(text: string, head = ''): string {
  return head + text.repeat(Math.ceil(SIZE / text.length))
}

describe('100 kB take a bounded time', () => {
  test.each(
    Object.entries({
      'an answer': upTo(
        '# 标题\n\n一段**文字**,with `code`。\n第二行\n\n- a\n  - b\n\n1. c\n\n|a|b|\n|-|-|\n|1|2|\n\n```js\nlet a\n```\n\n> q\n\n',
      ),
      'one paragraph': upTo('很长的一句话,没有换行。'),
      lines: upTo('一行文字\n'),
      'one word': upTo('字'),
      code: upTo('code line\n', '```\n'),
      'one line of code': upTo('x', '```\n'),
      'a table': upTo('|1|2|\n', '|a|b|\n|-|-|\n'),
      'a list': upTo('- item\n'),
      'deep quotes': upTo('>'),
      'deep lists': upTo('1) '),
      backticks: upTo('`'),
      stars: upTo('*a '),
      brackets: upTo('[]('),
      spaces: upTo(`a${' '.repeat(2000)}\n`),
      emoji: upTo('👨‍👩‍👧‍👦'),
      'one link': `${upTo('text ', '[')}](https://e.com)`,
      html: upTo('<b>text</b>\n', '<div>\n'),
      'blank lines': upTo('\n', 'a'),
    }),
  )('%s', (_name, text) => {
    for (const part of splitMarkdown(text, { numbered: true })) expect(part.length).toBeLessThanOrEqual(3800)
    toDingTalkMarkdown(text, 'im')
    toDingTalkMarkdown(text, 'card')
    plainTextOf(text)
    titleOf(text)
    // The five of them take 0.1 to 0.9 s together; in quadratic time it would be minutes, and the limit of a test tells.
  })
})
