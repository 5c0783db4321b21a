import { describe, expect, test } from 'vitest'
import { withTokens } from '../reply/mention.ts'
import { filesOf, imagesOf } from './media-of.ts'
import { parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage } from './text-of.ts'

const CIPHER = 'Gp4YHnBavvt85pxa2uyyOvAUss92dZ15h3mwpDQeDRrm0cTrSLj8Kma4bYakCE6zc4b'

describe('what stands in another place is read there', () => {
  test.each([
    ['content itself has the list', { richTextList: [{ text: '旧' }] }],
    ['content is the list', [{ text: '旧' }]],
    ['the nodes are texts', { richText: ['旧'] }],
  ])('rich text: %s', (_, content) => {
    const message = parseMessage({ msgtype: 'richText', content })
    expect(message.msgtype).toBe('richText')
    expect(textOfMessage(message)).toBe('旧')
  })

  test('a picture that has the other code alone is a picture', () => {
    const message = parseMessage({ msgtype: 'picture', content: { pictureDownloadCode: 'q' } })
    expect(message.msgtype).toBe('picture')
    expect(imagesOf(message)).toHaveLength(1)
  })

  test('a voice node whose body is JSON text', () => {
    const content = JSON.stringify({ recognition: '你好', downloadCode: 'v' })
    const message = parseMessage({ msgtype: 'richText', content: { richText: [{ type: 'VOICE', content }] } })
    expect(textOfMessage(message)).toBe('你好')
    expect(filesOf(message)).toMatchObject([{ kind: 'audio' }])
  })

  test('JSON that somebody wrote stays what was written', () => {
    const richText = [{ msgType: 'text', content: '{"a":1}' }]
    expect(textOfMessage(parseMessage({ msgtype: 'richText', content: { richText } }))).toBe('{"a":1}')
  })

  test('ids of blanks are none', () => {
    expect(parseMessage({ msgId: ' ', senderId: ' ', conversationId: ' ' })).toMatchObject({ msgId: '', senderId: '' })
  })
})

describe('a quote that nobody can read', () => {
  const quoted = (repliedMsg: object) =>
    quotedOf(parseMessage({ msgtype: 'text', text: { content: 'x', isReplyMsg: true, repliedMsg } }))

  test.each([
    [
      'cut into nodes',
      { msgType: 'richText', content: { richText: [CIPHER, '\n', `${CIPHER}||3||1||132`].map(text => ({ text })) } },
    ],
    ['with line breaks before the numbers', { msgType: 'text', content: { text: `${CIPHER}\n||3\n||1\n||132` } }],
    ['with blanks before the numbers', { msgType: 'text', content: { text: `${CIPHER} ||3||1||132` } }],
  ])('%s', (_, repliedMsg) => {
    expect(quoted(repliedMsg)?.isReadable).toBe(false)
    expect(quoted(repliedMsg)?.text || undefined).toBeUndefined()
  })
})

test('somebody without a userId cannot be mentioned, and nothing stands for them', () => {
  const at = ['', ' ', 'alice', undefined] as string[]
  expect(withTokens('ok', at)).toBe('ok @alice')
})

test('the value of a picture in a card is no text, and either code leads to it', () => {
  const children = [
    { elementType: 'TEXT', value: 'a' },
    { elementType: 'IMAGE', value: 'https://x.example/a.png' },
    { elementType: 'image', pictureDownloadCode: 'p' },
    { elementType: 'text', value: 'b' },
  ]
  const content = { cardContent: [{ elementType: 'RICHTEXT', children }] }
  const message = parseMessage({ msgtype: 'interactiveCard', content })
  expect(textOfMessage(message)).toBe('ab')
  expect(imagesOf(message)).toMatchObject([{ downloadCode: 'p' }])
})
