import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutMarkdown } from './cut.ts'
import { fenceAfter } from './fence.ts'
import { healMarkdown } from './heal.ts'

describe('an unfinished text is shown as valid markdown', () => {
  test.each([
    ['这是**加粗', '这是**加粗**'],
    ['这是 `代码', '这是 `代码`'],
    ['~~删', '~~删~~'],
    ['看[文档](https://exa', '看文档'],
    ['看[文档', '看文档'],
    ['图：![架构](https://exa', '图：'],
    ['```ts\nconst a = 1', '```ts\nconst a = 1\n```'],
    ['~~~~\n```', '~~~~\n```\n~~~~'],
    ['第一段\n\n', '第一段'],
    ['第一段\n\n``', '第一段'],
    ['价格 20~25 元，a * b，x_y', '价格 20~25 元，a * b，x_y'],
    ['表：\n\n| 名称 | 数', '表：'],
    ['表：\n\n| 名称 | 数量 |\n| --- |', '表：'],
    ['| 名称 | 数量 |\n| --- | --- |\n| 苹', '| 名称 | 数量 |\n| --- | --- |\n| 苹'],
    ['1. **一**\n2. **二', '1. **一**\n2. **二**'],
  ])('%j as %j', (text, shown) => {
    expect(healMarkdown(text)).toBe(shown)
  })

  test('whatever it is: what was shown has no open fence', () => {
    const piece = fc.constantFrom('```', '~~~', '\n', '**', '`', '字', ' ', '| a |', '![', '](', '# ')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        expect(fenceAfter(healMarkdown(pieces.join('')))).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a long text is cut', () => {
  test('between paragraphs', () => {
    expect(cutMarkdown(`${'一'.repeat(60)}\n\n${'二'.repeat(60)}`, 100)).toEqual({
      head: '一'.repeat(60),
      rest: '二'.repeat(60),
    })
  })

  test('within a block of code, which is closed and opened again', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `const line${index} = ${index}`)
    const { head, rest } = cutMarkdown(['```ts', ...lines, '```'].join('\n'), 200)
    expect(head).toMatch(/^```ts\n[\s\S]*\n```$/)
    expect(rest).toMatch(/^```ts\nconst line\d+/)
  })

  test('within a table, which gets its header again', () => {
    const rows = Array.from({ length: 20 }, (_, index) => `| ${index} | 值 |`)
    const { head, rest } = cutMarkdown(['| 名 | 值 |', '| --- | --- |', ...rows].join('\n'), 150)
    expect(head).toMatch(/^\| 名 \| 值 \|\n\| --- \| --- \|\n/)
    expect(rest).toMatch(/^\| 名 \| 值 \|\n\| --- \| --- \|\n\| \d+ \| 值 \|/)
  })

  test('after a sentence, and never within a character', () => {
    expect(cutMarkdown(`${'字'.repeat(50)}。${'字'.repeat(100)}`, 100).head).toBe(`${'字'.repeat(50)}。`)
    const { head } = cutMarkdown('👨‍👩‍👧‍👦'.repeat(60), 100)
    expect(head.replaceAll('👨‍👩‍👧‍👦', '')).toBe('')
  })

  test('into pieces that fit, have no open fence, come to an end and lose no word', () => {
    const line = fc.constantFrom('```', '文字和 words', '', '| a | b |', '| - | - |', '- 一项', '很长'.repeat(60))
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), lines => {
        const text = lines.join('\n')
        const pieces: string[] = []
        let rest = text
        while (rest.length > 200) {
          const cut = cutMarkdown(rest, 200)
          expect(cut.head.length).toBeLessThanOrEqual(200)
          expect(fenceAfter(cut.head)).toBeUndefined()
          pieces.push(cut.head)
          rest = cut.rest
        }
        pieces.push(rest)
        const words = (of: string): number => (of.match(/文字和|words|一项|很长/g) ?? []).length
        expect(words(pieces.join('\n'))).toBe(words(text))
      }),
    )
  })
})
