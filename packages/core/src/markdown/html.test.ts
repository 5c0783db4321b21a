import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, test } from 'vitest'
import { toDingTalkMarkdown } from './fit.ts'
import { harmlessHtml } from './html.ts'
import { splitMarkdown } from './split.ts'

describe('what would be HTML is shown as text', () => {
  test.each([
    ['a button', '<button onclick="x()">点我</button>', '&lt;button onclick="x()">点我&lt;/button>'],
    ['a script behind a fence', '```\n<b>\n```\n<script>1</script>', '```\n<b>\n```\n&lt;script>1&lt;/script>'],
    ['a frame', '<IFRAME src=//e.example></IFRAME>', '&lt;IFRAME src=//e.example>&lt;/IFRAME>'],
    ['styles in a quote', '> <style>\n> p{}\n> </style>', '> &lt;style>\n> p{}\n> &lt;/style>'],
    ['a block that would swallow a fence', '<div>\n```\n<p>\n```', '&lt;div>\n```\n<p>\n```'],
    ['a tag that never ends', '<img src=x onerror=alert(1)', '&lt;img src=x onerror=alert(1)'],
    ['a tag without blanks', '<svg/onload=alert(1)>', '&lt;svg/onload=alert(1)>'],
    ['a tag over two lines', '<a\nhref=x>', '&lt;a\nhref=x>'],
    ['a comment', '<!-- c -->', '&lt;!-- c -->'],
    ['a declaration, an instruction', '<!DOCTYPE html><?php ?>', '&lt;!DOCTYPE html>&lt;?php ?>'],
    ['a known tag with a handler', '<br onclick=x><font onclick=x>', '&lt;br onclick=x>&lt;font onclick=x>'],
    ['a tag that begins like a known one', '<brx><fontx>', '&lt;brx>&lt;fontx>'],
    ['a type', 'List<String> and <T extends U>', 'List&lt;String> and &lt;T extends U>'],
    ['what the author has escaped', '\\<b> and \\\\<b>', '&lt;b> and \\\\&lt;b>'],
    ['behind code', '`<b>` <b>', '`<b>` &lt;b>'],
    ['behind a backtick that opens nothing', '\\`<b>` `` <b>', '\\`&lt;b>` `` &lt;b>'],
    ['in cells, whose code ends with them', '|`a|<b>|\n|-|-|\n|x`|<i>|', '|`a|&lt;b>|\n|-|-|\n|x`|&lt;i>|'],
    ['in code behind a tag that makes a block', '<br>\n`<b>`', '<br>\n`&lt;b>`'],
    ['a link to a tag', '[a](<b c>)', '[a](&lt;b c>)'],
    ['in a list', '- <b>\n  1. <i>', '- &lt;b>\n  1. &lt;i>'],
    ['beside code of a list behind a tag that makes a block', '<br>\n1.     <b>', '<br>\n\n1.     <b>'],
    ['in a heading, in a label', '# <b>\n\n[<i>](https://e.example)', '# &lt;b>\n\n[&lt;i>](https://e.example)'],
  ])('%s', (_name, text, expected) => {
    expect(harmlessHtml(text)).toBe(expected)
  })
})

describe('what stays as it is', () => {
  test.each([
    ['a comparison', 'a < b, 1<2, <3, x <= y'],
    ['a break', 'a<br>b<BR/>c<br />d'],
    ['a font', '<font color=#FF0000 size=8 face="黑体">红</font>'],
    ['a font of cards', "<font sizeToken=common_h3 colorTokenV2='x'>大</font>"],
    ['an entity', '&lt;b&gt; &amp;lt;'],
    ['code in a line', '`<b>` and `` `<i> ``'],
    ['a fence', '~~~html\n<script>\n~~~'],
    ['a fence that is still open', '```\n<script>'],
    ['a fence behind a tag, which needs a blank line', '> <br>\n>\n> ```\n> <b>\n> ```'],
    ['indented code', 'a\n\n    <b>\n\nb'],
    ['an address', '<https://e.example/a?b=c> <me@corp.example>'],
    ['what a person says by a click', '[x](dtmd://dingtalkclient/sendMessage?content=<b> c)'],
    ['no text', ''],
  ])('%s', (_name, text) => {
    expect(harmlessHtml(text)).toBe(text)
  })

  test('in cards, whose dialect is another', () => {
    expect(toDingTalkMarkdown('<b>a</b>', 'card')).toBe('<b>a</b>')
  })
})

const tag = fc.constantFrom(
  ...['<b>', '</b>', '<script>', '<script src=x>', '</script >', '<!--', '-->', '<!x>', '<?x?>', '<i', '<a href="`">'],
  ...[
    '<img src=x onerror=y>',
    '<svg/onload=x>',
    '<font onclick=x>',
    '<br x>',
    '<T extends U>',
    '\\<u>',
    '<x:y>',
    '<div',
  ],
)
const known = fc.constantFrom('<br>', '<br/>', '<font color=red>', '<font size="3" face=\'x\'>', '</font>')
const markup = fc.constantFrom(
  ...['\n', '\n', '\n\n', ' ', '`', '``', '```', '\n```\n', '~~~', '\\', '> ', '- ', '1. ', '    ', '|', '\n|-|-|\n'],
  ...['[a](', '](', ')', '[', '**', '# ', '<', '>', '&lt;', '字', 'a', 'dtmd:'],
)
const piece = fc.oneof(tag, tag, known, markup, markup)
const document = fc.array(piece, { maxLength: 24 }).map(pieces => pieces.join(''))

/** Links of a scheme that nobody knows stay in their brackets, as all may take them for a tag: the text is the same. */
const plain = new MarkdownIt({ html: false }).disable('autolink')
const renderer = new MarkdownIt({ html: true })

/** Markdown with its code taken out. */
function proseOf(markdown: string): string {
  const tokens = plain.parse(markdown, {})
  const inline = tokens.flatMap(({ children }) => children ?? [])
  return inline
    .filter(({ type }) => type === 'text' || type === 'html_inline')
    .map(({ content }) => content)
    .join('')
}

describe('whatever it is', () => {
  test('no tag is left that DingTalk does not know', () => {
    fc.assert(
      fc.property(document, text => {
        // What a person says by a click goes to the bot as it is written.
        const shown = harmlessHtml(text).replace(/\]\(dtmd:[^)\n]*\)/gi, '](dtmd:)')
        const html = renderer.render(shown).replace(/<code[^>]*>[\s\S]*?<\/code>/g, '')
        expect(html).not.toMatch(/<(?:script|button|svg|u|i|b|div|img|x:y|T|!|\?)\b/)
        expect(html).not.toMatch(/<(?:br|font)[^>]*(?:onclick| x)/)
      }),
      { numRuns: 3_000 },
    )
  })

  test('all of its text is shown, once', () => {
    fc.assert(
      fc.property(document, text => {
        // A tag for an address makes no link any more: its source shows.
        fc.pre(!/\]\(\s*</.test(text))
        expect(proseOf(harmlessHtml(text))).toBe(proseOf(text))
      }),
      { numRuns: 3_000 },
    )
  })

  test('doing it twice changes nothing more', () => {
    fc.assert(
      fc.property(document, text => {
        const once = harmlessHtml(text)
        expect(harmlessHtml(once)).toBe(once)
        expect(toDingTalkMarkdown(toDingTalkMarkdown(text))).toBe(toDingTalkMarkdown(text))
      }),
      { numRuns: 2_000 },
    )
  })

  test('text without tags stays as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        const untagged = text.replace(/<(?=[a-z/!?])/gi, '')
        expect(harmlessHtml(untagged)).toBe(untagged)
      }),
    )
  })

  test.each([
    '<'.repeat(50_000),
    '<a'.repeat(50_000),
    '<font '.repeat(20_000),
    `<font ${'color=x '.repeat(20_000)}`,
    `<font${' '.repeat(100_000)}x`,
    `<${'a'.repeat(100_000)}@`,
    '](dtmd:'.repeat(10_000),
    Array.from({ length: 400 }, (_, length) => '`'.repeat(length)).join(' <b>'),
    '`<b>'.repeat(25_000),
  ])('hostile texts take linear time (%#)', text => {
    const start = performance.now()
    harmlessHtml(text)
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})

describe('what a person says by a click', () => {
  const url = 'dtmd://dingtalkclient/sendMessage?content='

  test.each([
    ['encoded', `[同意](${url}%E5%90%8C%E6%84%8F%20%2842%29)`],
    ['as bots in use write it', `[清空](${url}🧹 清空记忆，全部)`],
    ['in Chinese', `[帮助](${url}机器人指令)`],
    ['as a bare address', `${url}a_b*c`],
    ['in a list of links', `1. [一](${url}一)\n2. [二](${url}二)`],
  ])('stays as it is: %s', (_name, markdown) => {
    expect(toDingTalkMarkdown(markdown)).toBe(markdown)
    expect(toDingTalkMarkdown(markdown, 'card')).toBe(markdown)
  })

  test('by a reference keeps its address where a text is split', () => {
    const text = `[同意][a] ${'字 '.repeat(100)}\n\n[a]: ${url}同意`
    expect(splitMarkdown(text, { maxChars: 150 })[0]).toContain(`[同意](${url}同意)`)
  })

  test('is never cut, wherever it stands', () => {
    const say = fc.constantFrom(
      `[同意](${url}%E5%90%8C%E6%84%8F)`,
      `[清空](${url}🧹 清空 记忆。全部)`,
      `${url}%E5%90%8C%E6%84%8F。批准！42`,
    )
    const words = fc.constantFrom('字。', 'word ', '很长'.repeat(20), '\n\n', '- ', '> ', '**b** ')
    fc.assert(
      fc.property(fc.array(fc.oneof(say, words, words), { maxLength: 40 }), pieces => {
        const parts = splitMarkdown(pieces.map(part => (part.startsWith('dtmd') ? ` ${part} ` : part)).join(''), {
          maxChars: 120,
        })
        const whole = pieces.filter(part => part.includes('dtmd:'))
        const found = parts.join('\n\n').match(/\[[^\]\n]*\]\(dtmd:[^)\n]*\)|dtmd:\S+/g) ?? []
        expect(found).toEqual(whole)
      }),
      { numRuns: 500 },
    )
  })
})
