import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { parseMessage } from './message.ts'
import { type Quoted, quotedOf } from './quoted.ts'

const reply = (repliedMsg: unknown, outer: object = {}) =>
  quotedOf(parseMessage({ msgtype: 'text', text: { content: 'why?', isReplyMsg: true, repliedMsg }, ...outer }))

const NONE = { images: [], files: [], isReadable: true }

describe('the text of a quote is found in each shape', () => {
  test.each([
    ['content.text', { msgType: 'text', content: { text: 'hi' } }],
    ['content.content', { msgType: 'text', content: { content: 'hi' } }],
    ['content.content without a type', { content: { content: 'hi' } }],
    ['content as JSON text', { msgType: 'text', content: '{"text":"hi"}' }],
    ['content as plain text', { msgType: 'text', content: 'hi' }],
    ['text as plain text', { text: 'hi' }],
    ['text.content', { msgtype: 'text', text: { content: 'hi' } }],
    ['the whole quote as JSON text', '{"msgType":"text","content":{"text":"hi"}}'],
    ['rich text of quotes', { msgType: 'richText', content: { richText: [{ msgType: 'text', content: 'hi' }] } }],
    ['rich text of messages', { msgType: 'richText', content: { richText: [{ text: 'hi' }] } }],
    ['rich text without a type', { content: { richText: [{ msgType: 'text', content: 'hi' }] } }],
    ['markdown', { msgType: 'markdown', content: { title: 't', text: 'hi' } }],
    ['an action card', { msgType: 'actionCard', content: { title: 't', text: 'hi' } }],
    ['a voice note', { msgType: 'audio', content: { downloadCode: 'd', recognition: 'hi' } }],
    ['a forwarded chat', { msgType: 'chatRecord', content: { summary: 'hi', title: 't' } }],
    ['a card tree', { msgType: 'interactiveCard', content: { cardContent: [{ children: [{ value: 'hi' }] }] } }],
    ['a card with text', { msgType: 'interactiveCard', content: { text: 'hi' } }],
    ['a card with markdown', { msgType: 'interactiveCard', content: { markdown: 'hi' } }],
    ['a card with a summary', { msgType: 'interactiveCard', content: { summary: 'hi', title: 't' } }],
    ['card variables', { msgType: 'interactiveCard', cardData: { cardParamMap: { content: 'hi', title: 't' } } }],
    [
      'card variables in content',
      { msgType: 'interactiveCard', content: { cardData: { cardParamMap: { msgContent: 'hi' } } } },
    ],
    [
      'card variables as JSON text',
      { msgType: 'interactiveCard', cardData: '{"cardParamMap":"{\\"markdown\\":\\"hi\\"}"}' },
    ],
    ['a document', { msgType: 'interactiveCard', content: { biz_custom_action_url: 'hi' } }],
    ['a type of tomorrow', { msgType: 'hologram', content: { text: 'hi' } }],
  ])('%s', (_, repliedMsg) => {
    expect(reply(repliedMsg)?.text).toBe('hi')
  })
})

test('who said it and when, whatever the case of the names', () => {
  const quote = { msgId: 'q', senderId: '$zhao', senderNick: '赵敏', content: { text: 'hi' } }
  const expected = {
    ...NONE,
    msgId: 'q',
    msgtype: 'text',
    text: 'hi',
    senderId: '$zhao',
    senderNick: '赵敏',
    createAt: 5,
  }
  expect(reply({ ...quote, msgType: 'text', createdAt: 5 })).toEqual(expected)
  expect(reply({ ...quote, msgtype: 'text', createAt: '5' })).toEqual(expected)
})

test('the pictures between a rich text and the mentions in it', () => {
  const richText = [
    { msgType: 'at', atName: '赵敏' },
    { msgType: 'text', content: '看' },
    { msgType: 'picture', downloadCode: 'd' },
  ]
  expect(reply({ msgType: 'richText', content: { richText } })).toMatchObject({
    text: '@赵敏 看',
    images: [{ kind: 'picture', downloadCode: 'd' }],
  })
})

test.each<readonly [readonly string[], string]>([
  [['@bot', 'a'], '@bot a'],
  [['@bot ', 'a'], '@bot a'],
  [['＠bot', 'a'], '＠bot a'],
  [['@My Helper', '/new'], '@My Helper /new'],
  [['请', '@小助', '看看'], '请@小助 看看'],
  [['@bot', '\n', 'a'], '@bot\na'],
  [['@bot', '，你好'], '@bot，你好'],
  [['写给 me', '@corp.example', '吧'], '写给 me@corp.example吧'],
  [['a', 'b'], 'ab'],
])('whom a quote mentions stays in it, apart from the words behind: %j', (nodes, text) => {
  const richText = nodes.map(node => ({ text: node }))
  expect(reply({ msgType: 'richText', content: { richText } })?.text).toBe(text)
})

test('a file of which nothing but the name is known', () => {
  expect(reply({ msgType: 'file', content: { fileName: 'a.pdf' } })).toEqual({
    ...NONE,
    msgtype: 'file',
    files: [{ kind: 'file', fileName: 'a.pdf' }],
  })
})

describe('a quote is found wherever it stands', () => {
  const repliedMsg = { msgId: 'q', msgType: 'text', content: { text: 'hi' } }
  test.each([
    ['in content, under a rich text', { msgtype: 'richText', content: { richText: [], isReplyMsg: true, repliedMsg } }],
    ['in content that is JSON text', { msgtype: 'richText', content: JSON.stringify({ richText: [], repliedMsg }) }],
    ['under a message of type reply', { msgtype: 'reply', content: { text: 'why?', repliedMsg } }],
    ['at the top', { msgtype: 'text', text: { content: 'why?' }, repliedMsg }],
    [
      'in quoteMessage',
      { msgtype: 'text', quoteMessage: { msgId: 'q', msgtype: 'text', text: { content: 'hi' }, senderId: '$zhao' } },
    ],
  ])('%s', (_, raw) => {
    expect(quotedOf(parseMessage(raw))).toMatchObject({ ...NONE, msgId: 'q', msgtype: 'text', text: 'hi' })
  })

  test('nothing but the id', () => {
    const message = parseMessage({
      msgtype: 'text',
      text: { content: 'why?', isReplyMsg: true },
      originalMsgId: 'q',
      originalProcessQueryKey: 'k',
    })
    expect(quotedOf(message)).toEqual({ ...NONE, msgId: 'q', msgtype: 'unknown', processQueryKey: 'k' })
    expect(quotedOf(message)?.raw).toBeUndefined()
  })

  test('nowhere', () => {
    expect(quotedOf(parseMessage({ msgtype: 'text', text: { content: 'hi', isReplyMsg: false } }))).toBeUndefined()
    expect(quotedOf(parseMessage(null))).toBeUndefined()
  })
})

test('quotes of quotes are followed for three levels, and cut off beyond', () => {
  const nested = (level: number): object => ({
    msgId: `q${level}`,
    msgType: 'text',
    content: { text: `${level}`, ...(level < 9 && { isReplyMsg: true, repliedMsg: nested(level + 1) }) },
  })
  const ids: (string | undefined)[] = []
  for (let quoted: Quoted | undefined = reply(nested(1)); quoted; quoted = quoted.quoted) ids.push(quoted.msgId)
  expect(ids).toEqual(['q1', 'q2', 'q3'])
})

test('a quote keeps what it was read from', () => {
  const repliedMsg = { msgType: 'text', content: { text: 'hi' }, novelty: 1 }
  const quoted = reply(repliedMsg)
  expect(quoted?.raw).toBe(repliedMsg)
  expect(JSON.stringify(quoted)).toBe(JSON.stringify(repliedMsg))
  expect(inspect(quoted)).not.toContain('novelty')
})
