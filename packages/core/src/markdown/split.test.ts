import { describe, expect, test } from 'vitest'
import { splitMarkdown } from './split.ts'

const SMALL = { maxChars: 100, maxBytes: 600 }

const sentence = 'This is one sentence of the text. '
const two = sentence.repeat(2).trim()

test('a link by reference finds its address in whatever part it lands', () => {
  const text = `See [the docs][docs] and ![图][].\n\n${'words '.repeat(30)}\n\n> [docs] again\n\n[Docs]: https://e.com/d "Docs"\n[图]: https://e.com/i.png`
  expect(splitMarkdown(text, { maxChars: 200 })).toEqual([
    expect.stringContaining('[the docs](https://e.com/d "Docs") and ![图](https://e.com/i.png).'),
    expect.stringContaining('words'),
    '> [docs](https://e.com/d "Docs") again',
  ])
  expect(splitMarkdown('[a]\n\n[a]: https://e.com')).toEqual(['[a]\n\n[a]: https://e.com'])
})

describe('what fits', () => {
  test.each([
    ['stays as it is', '# a\n\n*  b\n\n\nc  ', ['# a\n\n*  b\n\n\nc  ']],
    ['gets its line ends', 'a\r\nb\rc', ['a\nb\nc']],
    ['gets an unclosed fence closed', '```js\nlet a', ['```js\nlet a\n```']],
    ['gets it closed in a quote and an item', '> - ```\n>   a', ['> - ```\n>   a\n>   ```']],
    ['of white space only is nothing', ' \n\t', []],
    ['of nothing is nothing', '', []],
  ])('%s', (_name, text, expected) => {
    expect(splitMarkdown(text)).toEqual(expected)
  })

  test('has 3,800 characters by default', () => {
    expect(splitMarkdown('字'.repeat(3800))).toHaveLength(1)
    expect(splitMarkdown('字'.repeat(3801))).toHaveLength(2)
  })

  test('has its bytes counted as JSON takes them', () => {
    expect(splitMarkdown('"'.repeat(3800), { maxBytes: 7600 })).toHaveLength(1)
    expect(splitMarkdown('"'.repeat(3800), { maxBytes: 7599 })).toHaveLength(2)
    expect(splitMarkdown('"'.repeat(3800), { maxBytes: 3800, bytesOf: Buffer.byteLength })).toHaveLength(1)
  })
})

describe('cuts', () => {
  test('between blocks, with the heading at what follows it', () => {
    expect(splitMarkdown(`${two}\n\n## Next\n\n${two}`, SMALL)).toEqual([two, `## Next\n\n${two}`])
  })

  test('between sentences, English and Chinese', () => {
    const [first] = splitMarkdown(sentence.repeat(5), SMALL)
    expect(first).toBe(two)
    const [one] = splitMarkdown('今天一共完成了三项工作。'.repeat(20), SMALL)
    expect(one).toBe('今天一共完成了三项工作。'.repeat(8))
  })

  test('between words, and between graphemes where there are none', () => {
    expect(splitMarkdown('word '.repeat(30), SMALL)[0]).toBe('word '.repeat(20).trim())
    expect(splitMarkdown('x'.repeat(150), SMALL)).toEqual(['x'.repeat(100), 'x'.repeat(50)])
    for (const part of splitMarkdown('👨‍👩‍👧‍👦'.repeat(30), SMALL)) expect(part).toMatch(/^(?:👨‍👩‍👧‍👦)+$/u)
  })

  test.each([
    '[a link](https://example.com/a)',
    '**bold words here**',
    '`some inline code`',
    '<font color=red>red words</font>',
  ])('not in the middle of %s', inline => {
    const parts = splitMarkdown(`${'x'.repeat(85)} ${inline} and more text`, SMALL)
    expect(parts.filter(part => part.includes(inline))).toHaveLength(1)
  })

  test('in the middle of a link that is longer than a part', () => {
    const parts = splitMarkdown(`[${'text '.repeat(40)}](https://e.com)`, SMALL)
    expect(parts.join(' ').match(/text/g)).toHaveLength(40)
  })

  test('so that text does not become a list, a heading or a quote', () => {
    const parts = splitMarkdown(`${'x'.repeat(99)} - 5 degrees`, SMALL)
    expect(parts[1]).toBe('\\- 5 degrees')
  })
})

describe('code', () => {
  test('is kept whole where it fits into a part', () => {
    const code = `\`\`\`ts\n${'let a = 1\n'.repeat(8)}\`\`\``
    expect(splitMarkdown(`${two}\n\n${code}`, SMALL)).toEqual([two, code])
  })

  test('else is cut between lines, each part with the fence and its info string', () => {
    const parts = splitMarkdown(`\`\`\`ts\n${'let a = 1\n'.repeat(20)}\`\`\``, SMALL)
    expect(parts).toHaveLength(3)
    for (const part of parts) expect(part).toMatch(/^```ts\n(?:let a = 1\n)+```$/)
  })

  test('of three backticks in a line of text stays inline', () => {
    const text = `\`\`\`npm install\`\`\` ${two}`
    expect(splitMarkdown(`${text}\n\n${text}`, SMALL)).toEqual([text, text])
  })

  test('stays code when it was indented', () => {
    const parts = splitMarkdown('    let a = 1\n'.repeat(20), SMALL)
    for (const part of parts) expect(part).toMatch(/^```\n(?:let a = 1\n)+```$/)
  })
})

describe('tables and lists', () => {
  test('each part of a table has the header', () => {
    const parts = splitMarkdown(`| 名 | 数 |\n|:-:|:-:|\n${'| 张三 | 90 |\n'.repeat(20)}`, SMALL)
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(part).toMatch(/^\| 名 \| 数 \|\n\|:-:\|:-:\|(?:\n\| 张三 \| 90 \|)+$/)
  })

  test('a row longer than a part is not lost', () => {
    const parts = splitMarkdown(`| a |\n|---|\n| ${'字'.repeat(150)} |\n| 1 |`, SMALL)
    expect(parts.join('').match(/字/g)).toHaveLength(150)
    expect(parts.at(-1)).toContain('| a |\n|---|\n| 1 |')
  })

  test('items go on with their numbers', () => {
    const parts = splitMarkdown(Array.from({ length: 4 }, () => `1. ${sentence}`).join('\n'), SMALL)
    expect(parts[1]).toMatch(/^3\. This[^\n]*\n4\. This/)
  })

  test('what is left of an item goes without its indentation', () => {
    const parts = splitMarkdown(`- ${two}\n\n      code\n\n  ${two}\n- next`, SMALL)
    expect(parts[1]).toBe(`${two}\n\n- next`)
  })

  test('the rest of a numbered list inside an item keeps apart from the numbers around it', () => {
    const text = `1. ${sentence}\n   1. ${sentence}\n   2. ${sentence}\n2. next`
    expect(splitMarkdown(text, SMALL)[1]).toBe(`2) ${sentence}\n\n2. next`)
  })

  test('quotes go on as quotes', () => {
    for (const part of splitMarkdown(`> ${sentence.repeat(3)}\n>\n> ${sentence.repeat(3)}`, SMALL))
      expect(part).toMatch(/^> This/)
  })
})

test('numbers the parts on wish, within the limits', () => {
  const parts = splitMarkdown('字'.repeat(1500), { ...SMALL, numbered: true })
  expect(parts[0]).toMatch(/^字+\n\n\(1\/17\)$/)
  expect(Math.max(...parts.map(part => part.length))).toBeLessThanOrEqual(100)
  expect(splitMarkdown('short', { numbered: true })).toEqual(['short'])
})

test.each([{ maxChars: 99 }, { maxBytes: 599 }, { maxChars: Number.NaN }])('refuses %j', options => {
  expect(() => splitMarkdown('a', options)).toThrow(/has to be 100 or more, maxBytes 600 or more/)
})
