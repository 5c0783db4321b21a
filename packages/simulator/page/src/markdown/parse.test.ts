import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from './parse.ts'

describe('nothing of the author becomes a tag', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <svg/onload=alert(1)> b',
    '<font color=red onmouseover=alert(1)>x</font>',
    '| <b>a</b> |\n| --- |\n| <iframe src=//x> |',
    '```"><script>alert(1)</script>\ncode\n```',
    '![" onerror="alert(1)](https://example.com/x.png)',
    '[x](https://example.com/"onmouseover="alert(1))',
  ])('%s', source => {
    const html = parse(source, 'message')
    expect(html).not.toMatch(/<(script|svg|iframe|font|b)\b/i)
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<[^>]*\son\w+=/i)
  })

  test.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x', 'data:text/html,x', 'file:///etc/passwd'])(
    '%s is no link',
    href => {
      expect(parse(`[x](${href}) ![x](${href})`, 'card')).not.toMatch(/href|src/)
    },
  )
})

describe('a message reads as in DingTalk', () => {
  test('a single line break collapses, two spaces before it keep it', () => {
    expect(parse('a\nb', 'message')).toBe('<p>a\nb</p>\n')
    expect(parse('a  \n  b', 'message')).toBe('<p>a<br>\nb</p>\n')
  })

  test('a table begins only after a blank line', () => {
    const table = '| a |\n| - |\n| 1 |'
    expect(parse(`text\n${table}`, 'message')).not.toContain('<table>')
    expect(parse(`text\n\n${table}`, 'message')).toContain('<table>')
  })

  test('an ordered list begins only after a blank line, an unordered one at once', () => {
    expect(parse('text\n1. a\n2. b', 'message')).not.toContain('<ol>')
    expect(parse('text\n\n1. a\n2. b', 'message')).toMatch(/<ol>(\s*<li>\w<\/li>){2}/)
    expect(parse('text\n- a', 'message')).toContain('<ul>')
    expect(parse('- a\n  1. b\n  2. c', 'message')).toMatch(/<ol>(\s*<li>\w<\/li>){2}/)
  })

  test('an open code fence swallows the rest', () => {
    expect(parse('```\na\n\n# b', 'message')).toBe('<pre><code>a\n\n# b</code></pre>\n')
  })

  test('<br> stays text', () => {
    expect(parse('a<br>b', 'message')).toBe('<p>a&lt;br&gt;b</p>\n')
  })
})

describe("a card's markdown", () => {
  test.each(['a<br>b', 'a<br/>b', 'a<BR />b'])('%s breaks the line', source => {
    expect(parse(source, 'card')).toBe('<p>a<br>\nb</p>\n')
  })

  test('a mention is one, and emoji have names', () => {
    expect(parse('<a atId=u1>小明</a> [微笑] [不是表情]', 'card')).toBe(
      '<p><span class="mention">@小明</span> 🙂 [不是表情]</p>\n',
    )
  })

  test('a media id is a picture of the simulator', () => {
    expect(parse('![cat](@lALabc)', 'card')).toContain('src="/_sim/media/%40lALabc"')
  })

  test('<font> colours by the hue, and sizes by the style, that its tokens name', () => {
    const source = '<font sizeToken=common_h3_text_style__font_size colorTokenV2=common_red1_color>**a**</font>'
    expect(parse(source, 'card')).toBe('<p><span class="font-red font-size-h3"><strong>a</strong></span></p>\n')
  })

  test.each(['h3', 'common_h9_text_style__font_size', 'common_h3_text_style__font_sizes'])('%s is no size', token => {
    expect(parse(`<font sizeToken=${token}>a</font>`, 'card')).toBe('<p><span>a</span></p>\n')
  })

  test('an ordered list does not nest, an unordered one does', () => {
    expect(parse('1. a\n   1. b\n2. c\n\n   1. d', 'card').match(/<ol>/g)).toHaveLength(1)
    expect(parse('- a\n  1. b', 'card')).not.toContain('<ol>')
    expect(parse('1. a\n2. b\n\n> 1. c', 'card').match(/<ol>/g)).toHaveLength(2)
    expect(parse('1. a\n   - b\n2. c', 'card')).toMatch(/<ol>\s*<li>a\s*<ul>\s*<li>b<\/li>\s*<\/ul>\s*<\/li>\s*<li>c/)
  })

  test('other tags stay text', () => {
    expect(parse('<br onclick=x> <fontx> <b>', 'card')).toBe('<p>&lt;br onclick=x&gt; &lt;fontx&gt; &lt;b&gt;</p>\n')
  })
})

test('columns are aligned by class, for the policy of the page forbids inline styles', () => {
  const html = parse('| a | b | c |\n| :- | :-: | -: |\n| 1 | 2 | 3 |', 'message')
  expect(html).not.toContain('style')
  expect(html).toContain('<td class="align-center">2</td>')
  expect(html).toContain('<td class="align-right">3</td>')
})

describe('a colour that is not closed where it was opened', () => {
  test('ends with its paragraph, and the close without an open is dropped', () => {
    const source = '<font colorTokenV2=common_green1_color>a\n\nb</font> c'
    expect(parse(source, 'card')).toBe('<p><span class="font-green">a</span></p>\n<p>b c</p>\n')
  })

  test('whatever tags come in whichever order, they are read, and all that opens closes', () => {
    const pieces = ['<font>', '</font>', '<br>', '<a atId=u>x</a>', '[', '](https://x.com)', '![', '**', '~~', '`', '|']
    const words = ['a', ' ', '\n', '\n\n', '- ', '1. ', '  1. ', '> ', '# ']
    const source = fc.array(fc.constantFrom(...pieces, ...words), { maxLength: 40 }).map(all => all.join(''))
    fc.assert(
      fc.property(source, markdown => {
        const html = parse(markdown, 'card')
        expect(html.split('<span').length).toBe(html.split('</span>').length)
      }),
    )
  })
})
