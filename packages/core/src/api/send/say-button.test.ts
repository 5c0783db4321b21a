import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { interactiveCard } from '../interactive-card/card-data.ts'
import { robotMessageOf } from './robot-message.ts'
import { sayButton } from './say-button.ts'
import { webhookBodyOf } from './webhook-body.ts'

const PREFIX = 'dtmd://dingtalkclient/sendMessage?content='

test('a button that says something has its text encoded', () => {
  expect(sayButton('同意', '/approve 42 (急)')).toEqual({
    text: '同意',
    title: '同意',
    url: `${PREFIX}%2Fapprove%2042%20%28%E6%80%A5%29`,
  })
})

test('whatever it says comes out again, and its address can stand in a link', () => {
  const parser = new MarkdownIt()
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const said = `字${text}`
      const { url } = sayButton('x', said)
      expect(url).toMatch(/^dtmd:\/\/dingtalkclient\/sendMessage\?content=[\w.%-]+$/)
      expect(decodeURIComponent(url.slice(PREFIX.length))).toBe(said)
      const [line] = parser.parseInline(`[x](${url})`, {})
      expect(line?.children?.[0]?.attrGet('href')).toBe(url)
    }),
  )
})

test('half an emoji does no harm', () => {
  expect(sayButton('x', '好\ud83d').url).toBe(`${PREFIX}%E5%A5%BD%EF%BF%BD`)
})

test.each([
  ['', 'x'],
  ['x', ' \u200b'],
])('a button without a label, or without something to say, is refused: %j, %j', (label, text) => {
  expect(() => sayButton(label, text)).toThrow(expect.objectContaining({ code: 'ERR_EMPTY_MESSAGE' }))
})

test('it passes unchanged wherever buttons stand', () => {
  const [yes, no] = [sayButton('同意', '/yes'), sayButton('驳回', '/no')]
  const card = { msgtype: 'actionCard', title: 't', text: 'x' } as const
  expect(webhookBodyOf({ ...card, buttons: [yes] })).toMatchObject({ actionCard: { singleURL: yes.url } })
  expect(webhookBodyOf({ ...card, buttons: [yes, no] })).toMatchObject({
    actionCard: {
      btns: [
        { title: '同意', actionURL: yes.url },
        { title: '驳回', actionURL: no.url },
      ],
    },
  })
  expect(robotMessageOf({ ...card, buttons: [yes, no] }).msgParam).toMatchObject({
    actionURL1: yes.url,
    actionURL2: no.url,
  })
  expect(robotMessageOf({ msgtype: 'link', title: 't', text: 'x', messageUrl: yes.url }).msgParam.text).toContain(
    `(${yes.url})`,
  )
  expect(JSON.stringify(interactiveCard({ title: 't' }, [{ type: 'action', buttons: [yes] }]))).toContain(yes.url)
})
