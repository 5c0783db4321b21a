import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { partsOf } from './cut.ts'
import { healMarkdown, isCodeOpen } from './heal.ts'

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
        expect(isCodeOpen(healMarkdown(pieces.join('')))).toBe(false)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a text that is longer than a card is laid into several', () => {
  test('between paragraphs', () => {
    expect(partsOf(`${'一'.repeat(60)}\n\n${'二'.repeat(60)}`, 100)).toEqual({
      full: ['一'.repeat(60)],
      tail: '二'.repeat(60),
    })
  })

  test('within a block of code that is still open: it is closed in the full one, and open in the next', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `const line${index} = ${index}`)
    const { full, tail } = partsOf(['```ts', ...lines, ''].join('\n'), 200)
    for (const part of full) expect(part).toMatch(/^```ts\n[\s\S]*\n```$/)
    expect(tail).toMatch(/^```ts\nconst line\d+[^`]* = 19\n$/)
  })

  test('within a table, which gets its header again', () => {
    const rows = Array.from({ length: 20 }, (_, index) => `| ${index} | 值 |`)
    const { full, tail } = partsOf(['| 名 | 值 |', '| --- | --- |', ...rows].join('\n'), 150)
    for (const part of [...full, tail]) expect(part).toMatch(/^\| 名 \| 值 \|\n\| --- \| --- \|\n\| \d+ \| 值 \|/)
  })

  test('after a sentence, and never within a character', () => {
    expect(partsOf(`${'字'.repeat(80)}。${'字'.repeat(60)}`, 120).full[0]).toBe(`${'字'.repeat(80)}。`)
    const { full } = partsOf('👨‍👩‍👧‍👦'.repeat(60), 100)
    expect(full.join('').replaceAll('👨‍👩‍👧‍👦', '')).toBe('')
  })

  test('the space at its end stays, since what comes next goes on there', () => {
    expect(partsOf(`${'字'.repeat(60)}\n\n${'word '.repeat(10)}`, 100).tail).toBe('word '.repeat(10))
    expect(partsOf(`字${' '.repeat(200)}`, 100)).toEqual({ full: [], tail: `字${' '.repeat(200)}` })
  })

  test('while it is written: cards fit, have no open code, come to an end, and no word is lost', () => {
    const line = fc.constantFrom(
      '```\n',
      '文字和 words',
      '\n',
      '\n\n',
      '| a | b |\n',
      '| - | - |\n',
      '- 一项\n',
      '很长'.repeat(60),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), pieces => {
        const full: string[] = []
        let tail = ''
        for (const piece of pieces) {
          const parts = partsOf(tail + piece, 200)
          full.push(...parts.full)
          tail = parts.tail
          expect(tail.trimEnd().length).toBeLessThanOrEqual(200)
        }
        for (const part of full) {
          expect(part.length).toBeLessThanOrEqual(200)
          expect(isCodeOpen(part)).toBe(false)
        }
        // The header of a table is repeated, so its letters are not counted.
        const words = (of: string): number => (of.match(/[文字和words一项很长]/g) ?? []).length
        expect(words([...full, tail].join('\n'))).toBe(words(pieces.join('')))
      }),
    )
  })
})
