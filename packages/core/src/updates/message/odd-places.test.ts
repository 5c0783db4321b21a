import { describe, expect, test } from 'vitest'
import { withTokens } from '../../api/send/mention.ts'
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
    ['content is the JSON text of the list', '[{"text":"旧"}]'],
  ])('rich text: %s', (_, content) => {
    const message = parseMessage({ msgtype: 'richText', content })
    expect(message.msgtype).toBe('richText')
    expect(textOfMessage(message)).toBe('旧')
  })

  test('rich text: the list of an object at the top', () => {
    const message = parseMessage({ msgtype: 'richText', richTextList: [{ text: '旧' }] })
    expect(message.msgtype).toBe('richText')
    expect(textOfMessage(message)).toBe('旧')
  })

  test('a list that somebody wrote is no rich text', () => {
    const quoted = quotedOf(parseMessage({ msgtype: 'text', text: { content: 'x', repliedMsg: { content: '[1,2]' } } }))
    expect(quoted?.msgtype).toBe('text')
    expect(quoted?.text).toBe('[1,2]')
  })

  test.each([
    ['image', 'picture', { downloadCode: 'p' }],
    ['IMAGE', 'picture', { pictureDownloadCode: 'p' }],
    ['Picture', 'picture', { downloadCode: 'p' }],
    ['richtext', 'richText', { richText: [{ text: 'a' }] }],
    ['RICHTEXT', 'richText', { richText: [{ text: 'a' }] }],
    ['interactivecard', 'interactiveCard', { cardContent: [] }],
    ['VOICE', 'audio', { recognition: 'a' }],
    [' text ', 'text', { content: 'a' }],
  ])('the type %j is %s', (msgtype, expected, content) => {
    expect(parseMessage({ msgtype, content }).msgtype).toBe(expected)
    const repliedMsg = { msgType: msgtype, content }
    expect(quotedOf(parseMessage({ msgtype: 'text', text: { repliedMsg } }))?.msgtype).toBe(expected)
  })

  test.each<readonly [string, object, object]>([
    ['type in capitals', { type: 'PICTURE', downloadCode: 'p' }, { type: 'picture', downloadCode: 'p' }],
    ['type with a capital', { type: 'Picture', downloadCode: 'p' }, { type: 'picture', downloadCode: 'p' }],
    ['another word for it', { type: 'image', downloadCode: 'p' }, { type: 'picture', downloadCode: 'p' }],
    ['a voice note', { type: 'Voice', recognition: 'a' }, { type: 'audio', recognition: 'a' }],
    ['a text', { type: 'Text', text: 'a' }, { type: 'text', text: 'a' }],
    ['a style', { type: 'inlinecode', text: 'a' }, { type: 'text', style: 'inlineCode' }],
    ['what nobody knows', { type: 'Sticker', text: 'a' }, { type: 'unknown', wireType: 'Sticker' }],
    [
      'a JSON body',
      { type: 'image', content: '{"pictureDownloadCode":"p"}' },
      { type: 'picture', pictureDownloadCode: 'p' },
    ],
    [
      'a JSON body without a code',
      { type: 'audio', content: '{"duration":3}' },
      { type: 'unknown', wireType: 'audio' },
    ],
    [
      'a file in the drive',
      { type: 'file', fileName: 'a', dentryId: 1, spaceId: '2' },
      { type: 'file', fileName: 'a', dentryId: '1', spaceId: '2' },
    ],
    [
      'a file in the drive, in JSON text',
      { type: 'FILE', content: '{"dentryId":"1","spaceId":"2"}' },
      { type: 'file', dentryId: '1', spaceId: '2' },
    ],
    ['a file of which nothing is known but its name', { type: 'file', fileName: 'a' }, { type: 'file', fileName: 'a' }],
    ['JSON that is text', { msgType: 'text', content: '{"downloadCode":"p"}' }, { text: '{"downloadCode":"p"}' }],
  ])('a node: %s', (_, node, expected) => {
    const message = parseMessage({ msgtype: 'richText', content: { richText: [node] } })
    expect(message.msgtype === 'richText' && message.content.richText[0]).toMatchObject(expected)
  })

  test.each([
    ['image', '{"pictureDownloadCode":"p"}'],
    ['audio', '{"duration":3}'],
    ['file', '{"dentryId":"1","spaceId":"2"}'],
  ])('the JSON body of a node is no text: %s', (type, content) => {
    expect(textOfMessage(parseMessage({ msgtype: 'richText', content: { richText: [{ type, content }] } }))).toBe('')
  })

  test('a file in the drive is had by where it is there', () => {
    const node = { type: 'file', dentryId: '1', spaceId: '2' }
    const message = parseMessage({ msgtype: 'richText', content: { richText: [node] } })
    expect(filesOf(message)).toMatchObject([{ kind: 'file', dentryId: '1', spaceId: '2' }])
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
    expect(parseMessage({ conversationType: ' ' }).conversationType).toBe('1')
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
  expect(withTokens('ok', { at })).toBe('ok @alice')
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
