import fc from 'fast-check'
import MarkdownIt, { type Token } from 'markdown-it'
import { expect, test } from 'vitest'
import { splitMarkdown } from './split.ts'

const renderer = new MarkdownIt({ html: true })

/**
 * What a reader sees in these parts, one after the other: every character with the marks it bears, and the markers of
 * lists. White space, and where blocks and items were parted, is left out; so is the header of a table that repeats
 * the one before.
 */
function seen(parts: readonly string[]): string {
  const runs: string[] = []
  let marks = ''
  let header = ''
  const put = (at: string, text: string): void => {
    const bare = text.replace(/\s+/g, '')
    if (bare === '') return
    if (at !== marks) runs.push(`\n<${at}> `)
    marks = at
    runs.push(bare)
  }
  for (const part of parts) {
    const tokens = renderer.parse(part, {})
    const counters: number[] = []
    let quotes = 0
    tokens.forEach((token, i) => {
      const at = `${'>'.repeat(quotes)}${blockMark(tokens, i)}`
      if (token.type === 'blockquote_open') quotes++
      else if (token.type === 'blockquote_close') quotes--
      else if (token.type === 'ordered_list_open') counters.push(Number(token.attrGet('start') ?? 1))
      else if (token.type === 'bullet_list_open') counters.push(Number.NaN)
      else if (/_list_close$/.test(token.type)) counters.pop()
      else if (token.type === 'list_item_open') put('item', marker(counters))
      else if (token.type === 'thead_open') {
        const end = tokens.findIndex((other, j) => j > i && other.type === 'thead_close')
        const text = tokens
          .slice(i, end)
          .map(cell => cell.content)
          .join('|')
        if (text !== header) put('header', text)
        header = text
      } else if (token.type === 'inline' && tokens[i - 1]?.type !== 'th_open') inlineRuns(token.children ?? [], at, put)
      else if (token.type === 'fence' || token.type === 'code_block') put(`${at}code ${token.info}`, token.content)
      else if (token.nesting === 0 && token.type !== 'inline') put(at + token.type, token.content || token.markup)
    })
  }
  return runs.join('')
}

function blockMark(tokens: readonly Token[], i: number): string {
  const before = tokens[i - 1]
  return before && /^(?:heading|td)_open$/.test(before.type) ? before.tag : ''
}

function marker(counters: number[]): string {
  const number = counters.at(-1) ?? Number.NaN
  counters[counters.length - 1] = number + 1
  return Number.isNaN(number) ? '•' : `${number}.`
}

function inlineRuns(tokens: readonly Token[], at: string, put: (at: string, text: string) => void): void {
  const open: string[] = []
  for (const token of tokens) {
    if (token.nesting === 1) open.push(token.tag + (token.attrGet('href') ?? ''))
    else if (token.nesting === -1) open.pop()
    else put([at, ...open, token.type, token.attrGet('src') ?? ''].join(' '), token.content)
  }
}

// ---- documents -----------------------------------------------------------------------------------

const oneOf = (texts: string): fc.Arbitrary<string> => fc.constantFrom(...texts.split(' / '))

const word = oneOf(
  'hello / world / 钉钉 / 机器人, / 今天完成三项。 / It works. / 👨‍👩‍👧‍👦 / é / 3.5 / 5 / "quoted" / 什么?',
)
const inline = fc.oneof(
  { weight: 6, arbitrary: word },
  word.map(text => `**${text.replace(/[,。?"]/g, '')}**`),
  oneOf('`code` / `a b` / [链接](https://e.com/a?b=c) / [a **b**](https://e.com "t") / ![图](https://e.com/i.png)'),
  oneOf(
    '[链接][d1] / [a **b**][D2] / ![图][d2] / [d1][] / [d1] / ![d2] / **[a][d1]** / `[a][d1]` / [no][such] / \\[d1]',
  ),
  oneOf('```a b``` / &amp; / \\* / <font color=red>红</font> / *em*'),
)
const line = fc.array(inline, { minLength: 1, maxLength: 12 }).map(words => words.join(' '))
const paragraph = fc.array(line, { minLength: 1, maxLength: 4 }).map(lines => lines.join('\n'))
const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), word).map(([level, text]) => `${'#'.repeat(level)} ${text}`)
const code = oneOf(
  'const a = 1 /   indented /  / # no heading / - no item / | no | table | / > no quote / 中文注释 / \ttab / `` / ~~~',
)
const codeLine = fc.oneof({ weight: 9, arbitrary: code }, fc.constant('x'.repeat(150)))
const fence = fc
  .tuple(fc.constantFrom('', 'ts', 'js title="a"'), fc.array(codeLine, { maxLength: 30 }))
  .map(([info, lines]) => [`\`\`\`${info}`, ...lines, '```'].join('\n'))
const cell = fc.constantFrom('a', '单元', '**b**', '`c`', '', '1')
const separator = fc.constantFrom('|---|---|', '| :-- | --: |', '---|---')
const table = fc
  .tuple(cell, separator, fc.array(fc.tuple(cell, cell), { maxLength: 30 }))
  .map(([head, marks, rows]) => [`| 列 | ${head} |`, marks, ...rows.map(([a, b]) => `| ${a} | ${b} |`)].join('\n'))

const { block } = fc.letrec<{ block: string; blocks: string[]; list: string; quote: string }>(tie => ({
  block: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'block' },
    paragraph,
    heading,
    fence,
    table,
    fc.constantFrom('---', '    indented code\n\n    more'),
    tie('list'),
    tie('quote'),
  ),
  blocks: fc.array(tie('block'), { minLength: 1, maxLength: 3, depthIdentifier: 'block' }),
  list: fc
    .tuple(
      fc.constantFrom('-', '*', 1, 3, 9),
      fc.constantFrom('\n', '\n\n'),
      fc.array(tie('blocks'), { minLength: 1, maxLength: 5, depthIdentifier: 'block' }),
    )
    .map(([mark, gap, items]) =>
      items.map((blocks, i) => item(typeof mark === 'number' ? `${mark + i}. ` : `${mark} `, blocks)).join(gap),
    ),
  quote: tie('blocks').map(blocks => blocks.join('\n\n').replace(/^/gm, '> ')),
}))

function item(marker: string, blocks: readonly string[]): string {
  // Without a text of its own, code at its start would mean something else.
  return marker + ['item', ...blocks].join('\n\n').replace(/\n(?=[^\n])/g, `\n${' '.repeat(marker.length)}`)
}

// A comment keeps neighbouring lists apart, which would otherwise be one.
const blocks = fc.array(block, { minLength: 1, maxLength: 12 })
const definitions = oneOf(
  '\n\n[d1]: https://e.com/1?a=(b "it is \\"t\\" & x|y"\n[d2]: <https://e.com/图 2.png> /  / \n\n[d1]: /rel',
)
const document = fc
  .tuple(blocks, definitions, definitions)
  .map(([blocks, before, after]) => `${before.trimStart()}\n\n${blocks.join('\n\n<!-- -->\n\n')}${after}`.trimStart())

// With fewer characters a line that opens a fence is too much of a part to be repeated.
const limits = fc.record({
  maxChars: fc.integer({ min: 160, max: 600 }),
  maxBytes: fc.integer({ min: 600, max: 2000 }),
  numbered: fc.boolean(),
})

function withoutNumber(part: string): string {
  return part.replace(/\n\n\(\d+\/\d+\)$/, '')
}

test('the parts show what the whole text shows', () => {
  fc.assert(
    fc.property(document, limits, (text, options) => {
      const parts = splitMarkdown(text, options).map(withoutNumber)
      expect(seen(parts)).toBe(seen([text]))
    }),
    { numRuns: 300 },
  )
})

test('fences and tables that fit into a part are kept whole', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(paragraph, heading, fence, table), { maxLength: 8 }), blocks => {
      const parts = splitMarkdown(blocks.join('\n\n'), { maxChars: 300, maxBytes: 5000 })
      const whole = blocks.filter(block => /^(?:```|\|)/.test(block) && block.length <= 300)
      for (const block of whole) expect(parts.filter(part => part.includes(block))).not.toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('a text that fits stays as it is', () => {
  fc.assert(
    fc.property(document, text => {
      expect(splitMarkdown(text, { maxChars: 1e6, maxBytes: 1e7 })).toEqual([text])
    }),
  )
})
