import { describe, expect, test } from 'vitest'
import { plainTextOf, titleOf } from './plain.ts'

describe('plainTextOf', () => {
  test.each([
    ['## 日报\n\n- 完成 **3** 项\n- `code`', '日报\n完成 3 项\ncode'],
    ['[link](https://e.com) ![图](https://e.com/i.png) &amp; \\*', 'link 图 & *'],
    ['a\nb  \nc<br>d', 'a\nb\nc\nd'],
    ['| a | b |\n|---|---|\n| 1 | **2** |', 'a b\n1 2'],
    ['```js\nlet a = 1\n```\n\n> q', 'let a = 1\nq'],
    ['<font color=red>红</font>\n\n<div>文字</div>', '红\n文字'],
    ['[a][1]\n\n[1]: https://e.com', 'a'],
    ['', ''],
  ])('%j is %j', (markdown, text) => {
    expect(plainTextOf(markdown)).toBe(text)
  })
})

describe('titleOf', () => {
  test.each([
    ['今天完成\n\n# **日报**\n\n# 二', '日报'],
    ['今天完成三项\n第二行', '今天完成三项 第二行'],
    ['# \n\ntext', 'text'],
    ['The weather in Hangzhou is fine today', 'The weather in…'],
    ['今天杭州的天气非常好我们一起去西湖边走一走吧', '今天杭州的天气非常好我们一起去西湖边走…'],
    ['x'.repeat(30), `${'x'.repeat(19)}…`],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦', '👨‍👩‍👧‍👦…'],
    ['```\ncode\n```', 'code'],
    ['---', ''],
    ['', ''],
  ])('%j is %j', (markdown, title) => {
    expect(titleOf(markdown)).toBe(title)
  })
})
