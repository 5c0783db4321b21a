import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { splitMarkdown } from '../../markdown/split.ts'
import { isMentioning, mentionsFor, withMarkdownTokens, withTokens } from './mention.ts'

describe('the token of a mention in markdown', () => {
  test.each([
    ['a paragraph', '好的', '好的 @0408'],
    ['blank lines', '好的\n\n', '好的 @0408'],
    ['a fence', '```\na\n```', '```\na\n```\n\n@0408'],
    ['a fence that is still open', '```\na', '```\na\n```\n\n@0408'],
    ['a fence that is still open in a quote', '> ```\n> a', '> ```\n> a\n> ```\n\n@0408'],
    ['indented code', 'a\n\n    b', 'a\n\n    b\n\n@0408'],
    ['a row of a table', '| a |\n|-|\n| 1 |', '| a |\n|-|\n| 1 |\n\n@0408'],
    ['a row without its table', '| a | b |', '| a | b |\n\n@0408'],
    ['a heading', '## 好的', '## 好的\n\n@0408'],
    ['a heading that is underlined', '好的\n===', '好的\n===\n\n@0408'],
    ['a heading without its blank', '##好的', '##好的\n\n@0408'],
    ['a quote', '> 好的', '> 好的\n\n@0408'],
    ['a quote that goes on without its mark', '> 好\n的', '> 好\n的\n\n@0408'],
    ['a list', '- 一\n- 二', '- 一\n- 二\n\n@0408'],
    ['a numbered list', '1. 一', '1. 一\n\n@0408'],
    ['a nested list', '- 一\n  - 二', '- 一\n  - 二\n\n@0408'],
    ['a rule', '好的\n\n---', '好的\n\n---\n\n@0408'],
    ['a block of HTML', '<div>\n好的\n</div>', '<div>\n好的\n</div>\n\n@0408'],
    ['a definition', '[a]: https://e.example', '[a]: https://e.example\n\n@0408'],
    ['nothing', ' \u200b', '@0408'],
  ])('stands apart where the text ends with %s', (_name, text, expected) => {
    expect(withMarkdownTokens(text, { at: ['0408'] })).toBe(expected)
  })

  test('is not that in code, in an address, or of somebody whose id goes on', () => {
    for (const text of ['`@0408`', '[a](https://e.example/@0408)', '@0408-16', '@04081', '@x0408', 'me@0408.example']) {
      expect(withMarkdownTokens(text, { at: ['0408'] })).toBe(`${text} @0408`)
    }
    for (const text of ['看 https://e.example/@0408', 'HTTP://e.example/?to=@0408', 'https://e.example/a,@0408']) {
      expect(withMarkdownTokens(text, { at: ['0408'] })).toBe(`${text} @0408`)
      expect(withTokens(text, { at: ['0408'] })).toBe(`${text} @0408`)
    }
    for (const text of ['https://e.example @0408', '看 https://e.example，@0408 好']) {
      expect(withMarkdownTokens(text, { at: ['0408'] })).toBe(text)
    }
    expect(withMarkdownTokens('```\n@0408\n```', { at: ['0408'] })).toBe('```\n@0408\n```\n\n@0408')
  })

  test('stays where the author has put it', () => {
    for (const text of [
      '@0408 看',
      '请@0408看',
      '**@0408**',
      '(@0408)',
      '@0408, ok',
      '# @0408',
      '- @0408.',
      '@1@0408',
    ]) {
      expect(withMarkdownTokens(text, { at: ['0408'] })).toBe(text)
    }
  })

  test('makes a paragraph of its own or ends one, whatever the text is', () => {
    const parser = new MarkdownIt({ html: true })
    const piece = fc.constantFrom(
      ...['\n', '\n', '\n\n', '```', '~~~', '`', '# ', '> ', '- ', '1. ', '    ', '|a|', '\n|-|\n', '字', ' ', '**'],
      ...['===', '---', '[a]: b', '<br>', '\\'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 16 }), pieces => {
        const markdown = withMarkdownTokens(pieces.join(''), { at: ['0408-16'] })
        const [end, text, start] = parser.parse(markdown, {}).reverse()
        expect(markdown).toMatch(/(?:^|\s)@0408-16$/)
        expect(end).toMatchObject({ type: 'paragraph_close', level: 0 })
        expect(text?.children?.at(-1)).toMatchObject({ type: 'text' })
        expect(start).toMatchObject({ type: 'paragraph_open' })
      }),
      { numRuns: 2_000 },
    )
  })

  test('is in each part of a long text only where each is sent with it', () => {
    const parts = splitMarkdown(`${'一 '.repeat(100)}\n\n## ${'二'.repeat(80)}`, { maxChars: 120 })
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.filter(part => part.includes('@'))).toEqual([])
    for (const part of parts) expect(withMarkdownTokens(part, { at: ['u1'] })).toMatch(/\s@u1$/)
  })
})

describe('mentions', () => {
  const outside = { atMobiles: ['13800000000'], atDingtalkIds: ['$:LWCP_v1:$abc'] }

  test('of people outside have tokens too, in texts and in markdown', () => {
    const tokens = '@u1 @13800000000 @$:LWCP_v1:$abc'
    expect(withTokens('hi', { at: ['u1'], ...outside })).toBe(`hi ${tokens}`)
    expect(withMarkdownTokens('# hi', { at: ['u1'], ...outside })).toBe(`# hi\n\n${tokens}`)
    expect(withTokens('@13800000000 hi', outside)).toBe('@13800000000 hi @$:LWCP_v1:$abc')
    expect(withMarkdownTokens('@$:LWCP_v1:$abc hi', outside)).toBe('@$:LWCP_v1:$abc hi @13800000000')
  })

  test('have the fields of the platform, and none that are empty', () => {
    expect(mentionsFor({ at: ['u1'], ...outside })).toEqual({ atUserIds: ['u1'], ...outside })
    expect(mentionsFor({ at: 'all', ...outside })).toEqual({ isAtAll: true, ...outside })
    expect(mentionsFor({ atMobiles: [' '], atDingtalkIds: [] })).toEqual({ atUserIds: [] })
  })

  test('of one person twice, or under two names, have one token for each name', () => {
    expect(withTokens('hi', { at: ['u1', 'u1'], atMobiles: ['1'] })).toBe('hi @u1 @1')
  })

  test('take ids with blanks around them, as numbers and twice', () => {
    const mentions = { at: [' 0408 ', '0408', null as never], atMobiles: [13800000000 as never] }
    expect(mentionsFor(mentions)).toEqual({ atUserIds: ['0408'], atMobiles: ['13800000000'] })
    expect(withTokens('好的', mentions)).toBe('好的 @0408 @13800000000')
  })

  test('of all have no token', () => {
    expect(isMentioning({ at: 'all' })).toBe(true)
    expect(withMarkdownTokens('# hi', { at: 'all' })).toBe('# hi')
  })
})
