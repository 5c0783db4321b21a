import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainTextOf } from '../../markdown/plain.ts'
import { markdownOf, markdownOfMessage } from './markdown-of.ts'
import { parseMessage } from './message.ts'
import { textOfMessage } from './text-of.ts'

const rich = (...richText: readonly object[]) => parseMessage({ msgtype: 'richText', content: { richText } })
const text = (content: string) => parseMessage({ msgtype: 'text', text: { content } })

describe('styles', () => {
  test.each<readonly [string, readonly object[], string]>([
    ['bold', [{ text: '看 ' }, { type: 'bold', text: '这里' }], '看 **这里**'],
    ['italic', [{ type: 'italic', text: 'so' }, { text: ' it is' }], '*so* it is'],
    ['code', [{ text: '运行 ' }, { type: 'inlineCode', text: 'npm *' }], '运行 `npm *`'],
    [
      'a block of code',
      [{ text: '看' }, { type: 'pre', text: 'a < b\n  c' }, { text: '吧' }],
      '看\n\n```\na < b\n  c\n```\n\n吧',
    ],
    ['code with backticks', [{ type: 'inlineCode', text: '`a`' }], '`` `a` ``'],
    ['a block with a fence', [{ type: 'pre', text: '```\nx\n```' }], '````\n```\nx\n```\n````'],
    ['blanks at the ends', [{ text: 'a' }, { type: 'bold', text: ' b ' }, { text: 'c' }], 'a **b** c'],
    ['over a line break', [{ type: 'bold', text: 'a\nb' }], '**a**  \n**b**'],
    [
      'one behind the other',
      [
        { type: 'bold', text: 'a' },
        { type: 'bold', text: 'b' },
      ],
      '**ab**',
    ],
    [
      'two of two kinds',
      [
        { type: 'bold', text: 'a' },
        { type: 'italic', text: 'b' },
      ],
      '**a** *b*',
    ],
    ['marks within', [{ type: 'bold', text: 'a*b' }], '**a\\*b**'],
    ['marks at the end, before a character', [{ type: 'bold', text: '“你”' }, { text: '好' }], '**“你”** 好'],
    ['marks at the start, behind a character', [{ text: '好' }, { type: 'bold', text: '“你”' }], '好 **“你”**'],
    ['a caption', [{ type: 'bold', text: '图', downloadCode: 'd' }], '**图**'],
    ['nothing but blanks', [{ type: 'bold', text: ' ' }, { text: 'a' }], 'a'],
  ])('%s', (_, nodes, markdown) => {
    expect(markdownOfMessage(rich(...nodes))).toBe(markdown)
  })

  test('the text has none of their marks', () => {
    const message = rich({ text: '看 ' }, { type: 'bold', text: '这里' }, { type: 'inlineCode', text: '`a`' })
    expect(textOfMessage(message)).toBe('看 这里`a`')
  })
})

describe('what is no markup is escaped', () => {
  test.each([
    ['emphasis', '2 * 3 * 4 _x_', '2 \\* 3 \\* 4 \\_x\\_'],
    ['a heading', '# 1', '\\# 1'],
    ['a list', '- a\n+ b\n1. c\n2) d', '\\- a  \n\\+ b  \n1\\. c  \n2\\) d'],
    ['a quote', '> a', '\\> a'],
    ['a rule', '---', '\\---'],
    ['the underline of a heading', 'a\n===', 'a  \n\\==='],
    ['a tag', '<b>a</b>', '\\<b\\>a\\</b\\>'],
    ['an entity', '&lt; & a', '\\&lt; & a'],
    ['a link', '[a](b)', '\\[a\\](b)'],
    ['a fence', '```', '\\`\\`\\`'],
    ['a table', 'a | b', 'a \\| b'],
    ['a backslash', 'C:\\a', 'C:\\\\a'],
    ['code by its blanks', 'a\n\n    b', 'a\n\nb'],
  ])('%s', (_, content, markdown) => {
    expect(markdownOfMessage(text(content))).toBe(markdown)
  })

  test('any text says as markdown what it says', () => {
    const character = fc.constantFrom(...'ab你1. \n*_`#>-+=~|[]()<>&;!\\:/'.split(''))
    const words = fc.string({ unit: character, maxLength: 40 })
    const lines = (said: string) =>
      said
        .split('\n')
        .map(line => line.trim())
        .filter(line => line !== '')
    fc.assert(
      fc.property(words, said => {
        expect(lines(plainTextOf(markdownOf([{ text: said }])))).toEqual(lines(said))
      }),
      { numRuns: 500 },
    )
  })

  test('any styled text says what it says, but for blanks', () => {
    const character = fc.constantFrom(...'ab你“”1. \n*_`#>-&!\\'.split(''))
    const style = fc.constantFrom(undefined, 'bold', 'italic', 'inlineCode', 'pre')
    const node = fc.record({ text: fc.string({ unit: character, maxLength: 8 }), type: style })
    const squeezed = (said: string) => said.replace(/\s+/g, '')
    fc.assert(
      fc.property(fc.array(node, { maxLength: 6 }), nodes => {
        const message = rich(...nodes)
        expect(squeezed(plainTextOf(markdownOfMessage(message)))).toBe(squeezed(textOfMessage(message)))
      }),
      { numRuns: 500 },
    )
  })
})

test('markdown stays as it came', () => {
  const message = parseMessage({ msgtype: 'markdown', content: { title: 't', text: '## a\n- **b**' } })
  expect(markdownOfMessage(message)).toBe('## a\n- **b**')
})

test('links of a card are links', () => {
  const children = [
    { elementType: 'TEXT', value: '看*' },
    { elementType: 'LINK', value: 'https://example.com/a_(b)?x=1' },
    { elementType: 'TEXT', value: '吧' },
  ]
  const cardContent = [
    { elementType: 'RICHTEXT', children },
    { elementType: 'RICHTEXT', children: [children[0]] },
  ]
  const message = parseMessage({ msgtype: 'interactiveCard', content: { cardContent } })
  expect(markdownOfMessage(message)).toBe(
    '看\\* [https://example.com/a\\_(b)?x=1](https://example.com/a_%28b%29?x=1) 吧  \n看\\*',
  )
})

test('where nothing is said there is no markdown', () => {
  expect(markdownOfMessage(parseMessage({ msgtype: 'picture', content: { downloadCode: 'd' } }))).toBe('')
  expect(markdownOfMessage(parseMessage(null))).toBe('')
})
