import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { toDingTalkMarkdown } from './fit.ts'
import { harmlessHtml } from './html.ts'
import { plainTextOf, titleOf } from './plain.ts'

const renderer = new MarkdownIt({ html: true })

const text = [
  '文字',
  'text **b** _e_',
  'a\\',
  'b  ',
  'c \t',
  '**',
  'x *',
  '`code',
  'end`',
  '<b>',
  '<br>x',
  'x<br>',
  '&amp;',
]
const quotes = ['> quote', '> > deep', '>', '> - item', '> | a | b |', '> |---|---|', '> 1. one', '> ```']
const lists = [
  '- item',
  '* star',
  '+ plus',
  '  - nested',
  '1. one',
  '2) two',
  '   1. deep',
  '10. ten',
  '1.     code',
  '- - x',
  '* - -',
]
const tables = ['| a | b |', '|---|---|', '---|---', ':-: | -:', '| a \\|', '|:-:|:-:|']
const others = [
  '# h',
  '---',
  '===',
  '```',
  '~~~ js',
  '    code',
  '<div>',
  '[a]: b',
  '\\',
  '  padded',
  '> ',
  '\u3000全角',
]
// Rows without outer bars are left to the table of cases: behind a marker, what is a list and what a table is a
// matter of the order in which markdown-it tries them, and changes with what stands around.
const line = fc.constantFrom('', '', ...text, ...quotes, ...lists, ...tables, ...others)
const indented = fc.tuple(fc.constantFrom('', '', '', '  ', '   ', '> ', '- '), line).map(parts => parts.join(''))
const document = fc
  .tuple(fc.array(indented, { maxLength: 14 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([lines, end]) => lines.join(end))
const anything = fc.oneof(
  document,
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...'\n\r\t -*+_#>|`~[]()<>\\!1.:=&a中'), { maxLength: 60 }).map(chars => chars.join('')),
)

/** What is shown, without line breaks, lists and paragraphs, which are what changes. */
function shown(markdown: string): string {
  const html = renderer.render(markdown)
  return html.replace(/<br ?\/?>|<\/?(?:p|li|ol|ul)(?: start="\d+")?>| style="[^"]*"|\s+/g, '')
}

function codeOf(markdown: string): string[] {
  const tokens = renderer.parse(markdown, {})
  return tokens.filter(({ type }) => type === 'fence' || type === 'code_block').map(({ content }) => content.trimEnd())
}

/** In messages HTML is text: with it as text, the rest has to stay as it is. */
const asShown = { im: harmlessHtml, card: (markdown: string): string => markdown }

describe.each(['im', 'card'] as const)('toDingTalkMarkdown for %s', dialect => {
  test('doing it twice changes nothing more', () => {
    fc.assert(
      fc.property(anything, text => {
        const once = toDingTalkMarkdown(text, dialect)
        expect(toDingTalkMarkdown(once, dialect)).toBe(once)
      }),
      { numRuns: 1500 },
    )
  })

  test('shows the same text and the same blocks', () => {
    fc.assert(
      fc.property(document, text => {
        expect(shown(toDingTalkMarkdown(text, dialect))).toBe(shown(asShown[dialect](text)))
      }),
      { numRuns: 1500 },
    )
  })

  test('leaves code alone', () => {
    fc.assert(
      fc.property(document, text => {
        expect(codeOf(toDingTalkMarkdown(text, dialect))).toEqual(codeOf(asShown[dialect](text)))
      }),
      { numRuns: 500 },
    )
  })
})

test('plainTextOf and titleOf take any text', () => {
  fc.assert(
    fc.property(anything, text => {
      expect(plainTextOf(text)).toBeTypeOf('string')
      expect(titleOf(text).length).toBeLessThanOrEqual(20)
    }),
  )
})
