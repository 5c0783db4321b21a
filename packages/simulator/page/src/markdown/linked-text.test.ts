import { expect, test } from 'vitest'
import { linkText } from './linked-text.ts'

const linksIn = (text: string) => linkText(text).flatMap(piece => piece.href ?? [])

test.each([
  ['见 https://example.com/a，谢谢', 'https://example.com/a'],
  ['（https://example.com/文档）', 'https://example.com/文档'],
  ['See http://localhost:3000/x?y=1#z.', 'http://localhost:3000/x?y=1#z'],
  ['(https://example.com/a_(b))', 'https://example.com/a_(b)'],
  ['"https://example.com"', 'https://example.com'],
])('in %s the address is %s', (text, href) => {
  expect(linksIn(text)).toEqual([href])
})

test.each(['README.md main.rs', 'a@example.com', 'javascript:alert(1)', 'ftp://example.com', 'https://', '//x.com'])(
  'in %s there is none',
  text => {
    expect(linksIn(text)).toEqual([])
  },
)

test('the pieces together are the text', () => {
  const text = 'a https://x.com b\nhttps://y.com/，c'
  expect(
    linkText(text)
      .map(piece => piece.text)
      .join(''),
  ).toBe(text)
})
