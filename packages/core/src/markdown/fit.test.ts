import { describe, expect, test } from 'vitest'
import { toDingTalkMarkdown } from './fit.ts'

describe('messages', () => {
  test.each([
    ['a line break', '一\n二', '一  \n  二'],
    ['one that is hard already', '一  \n  二', '一  \n  二'],
    ['one made by a backslash', 'one\\\ntwo', 'one  \n  two'],
    ['a backslash that keeps a marker from being one', '+\\\n+', '+\\\n+'],
    ['three lines', 'a\nb\nc', 'a  \n  b  \n  c'],
    ['Windows line ends', 'a\r\nb\r\n', 'a  \n  b\n'],
    ['paragraphs', 'a\n\nb', 'a\n\nb'],
    ['a quote', '> 一\n> 二', '> 一  \n>  二'],
    ['an item', '- a\n  b\n- c', '- a  \n  b\n- c'],
    ['inline code over two lines', 'a `b\nc` d', 'a `b\nc` d'],
    ['a link over two lines', '[a\nb](https://e.com)', '[a  \n  b](https://e.com)'],
    ['a break next to <br>', 'a<br>\nb', 'a<br>\nb'],
    ['a heading', '# a\nb', '# a\nb'],
    ['code', '```\na\nb\n1) c\n```', '```\na\nb\n1) c\n```'],
    ['HTML', '<div>\na\nb\n</div>', '&lt;div>  \n  a  \n  b  \n  &lt;/div>'],
  ])('%s', (_name, text, expected) => {
    expect(toDingTalkMarkdown(text)).toBe(expected)
  })

  test.each([
    ['a plain one', '|姓名|分数|\n|---|---|\n|张三|90|', '|姓名|分数|\n|:-:|:-:|\n|张三|90|'],
    ['one with alignment', '| a | b |\n| :--- | ---: |\n| 1 | 2 |', '| a | b |\n|:-:|:-:|\n| 1 | 2 |'],
    ['one without outer bars', 'a | b\n--- | ---\n1 | 2', '| a | b |\n|:-:|:-:|\n| 1 | 2 |'],
    ['one behind text', '成绩:\n|a|b|\n|-|-|\n|1|2|', '成绩:\n\n|a|b|\n|:-:|:-:|\n|1|2|'],
    ['one before a heading', '|a|\n|-|\n|1|\n# b', '|a|\n|:-:|\n|1|\n\n# b'],
    ['one in a quote', '> 成绩\n> |a|\n> |-|', '> 成绩\n>\n> |a|\n> |:-:|'],
    ['a cell with an escaped bar', '|a|\n|-|\n|1 \\| 2|', '|a|\n|:-:|\n|1 \\| 2|'],
    ['one in an item', '- |a|\n  |-|\n  |1|', '- |a|\n  |:-:|\n  |1|'],
    ['one in a quote in an item', '- > a | b\n  > --|--', '- > a | b\n  > |:-:|:-:|'],
    ['a mark of a quote in a cell', '> a | b\n---|---', '| > a | b |\n|:-:|:-:|'],
    ['none in code', '```\n|a|\n|-|\n```', '```\n|a|\n|-|\n```'],
  ])('tables: %s', (_name, text, expected) => {
    expect(toDingTalkMarkdown(text)).toBe(expected)
  })

  test.each([
    ['numbers behind text', '步骤:\n1. a\n2. b', '步骤:\n\n1. a\n2. b'],
    ['numbers with a bracket', '1) a\n2) b', '1. a\n2. b'],
    ['stars and pluses', '* a\n  + b\n* c', '- a\n  - b\n- c'],
    ['bullets behind text', '要点:\n- a', '要点:\n- a'],
    ['neighbours that only the marker tells apart', '- a\n* b', '- a\n* b'],
    ['what would become a rule', '* - -', '* - -'],
    ['numbers inside an item', '- a\n  1. b', '- a\n  1. b'],
  ])('lists: %s', (_name, text, expected) => {
    expect(toDingTalkMarkdown(text)).toBe(expected)
  })
})

describe('cards', () => {
  test.each([
    ['a line break', '一\n二', '一<br>二'],
    ['a hard one', 'a  \nb\\\nc', 'a<br>b<br>c'],
    ['one that has its <br>', 'a<br>\nb', 'a<br>b'],
    ['next to emphasis', '**a**\n**b**', '**a** <br> **b**'],
    ['a quote', '> 一\n> 二', '> 一<br>二'],
    ['code', '```\na\nb\n```', '```\na\nb\n```'],
    ['a table', '成绩:\n|a|b|\n|---|---|\n|1|2|', '成绩:\n\n|a|b|\n|---|---|\n|1|2|'],
    ['numbers inside a list', '1. a\n   1. b\n   2. c\n2. d', '1. a\n   -  b\n   -  c\n2. d'],
    [
      'fonts',
      '<font sizeToken=common_h4_text_style__font_size>大</font>',
      '<font sizeToken=common_h4_text_style__font_size>大</font>',
    ],
  ])('%s', (_name, text, expected) => {
    expect(toDingTalkMarkdown(text, 'card')).toBe(expected)
  })
})

test('nothing changes that need not', () => {
  const text = '#  Title #\n\n*   odd\n\n\n***\n\n![](@mediaId)  '
  expect(toDingTalkMarkdown(text)).toBe(text.replace('*   odd', '-   odd'))
  expect(toDingTalkMarkdown('')).toBe('')
})
