import { describe, expect, test } from 'vitest'
import { filesOf, imagesOf } from './media-of.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import { MSGTYPES, parseMessage } from './message.ts'
import { textOfMessage, textsOf } from './text-of.ts'

const parse = (payload: object) => parseMessage({ msgId: 'm', conversationType: '2', ...payload })

describe('what is not quite as documented is read all the same', () => {
  test.each([
    ['content as JSON text', { msgtype: 'audio', content: '{"downloadCode":"d","recognition":"hi"}' }, 'audio'],
    ['a whole payload as JSON text', '{"msgtype":"text","text":{"content":"hi"}}', 'text'],
    ['text as JSON text', { msgtype: 'text', text: '{"content":"hi"}' }, 'text'],
    ['text in content', { msgtype: 'text', content: { content: 'hi' } }, 'text'],
    [
      'text in content beside a blank text',
      { msgtype: 'text', text: { content: '' }, content: { text: 'hi' } },
      'text',
    ],
    ['text without a type', { text: { content: 'hi' } }, 'text'],
    ['a reply', { msgtype: 'reply', content: { text: 'hi', repliedMsg: { msgId: 'q' } } }, 'text'],
    ['markdown in text', { msgtype: 'markdown', text: { content: 'hi' } }, 'markdown'],
    [
      'markdown beside a blank text',
      { msgtype: 'markdown', text: { content: '' }, content: { text: 'hi' } },
      'markdown',
    ],
    [
      'an old rich text',
      { msgtype: 'richText', content: { richText: { richTextList: [{ text: 'hi' }] } } },
      'richText',
    ],
    ['rich text without a type', { content: { richText: [{ text: 'hi' }] } }, 'richText'],
    ['a record in contents', { msgtype: 'chatRecord', content: { contents: [{ content: 'hi' }] } }, 'chatRecord'],
    [
      'a card of another bot',
      { msgtype: 'interactiveCard', content: { cardContent: [{ value: 'hi' }] } },
      'interactiveCard',
    ],
    ['an action card of nothing but a title', { msgtype: 'actionCard', content: { title: 'hi' } }, 'actionCard'],
  ])('%s', (_, raw, msgtype) => {
    const message = parseMessage(raw)
    expect(message.msgtype).toBe(msgtype)
    expect(textOfMessage(message)).toBe('hi')
    expect(textsOf(message)).toEqual(['hi'])
    expect(message.raw).toBe(raw)
  })

  test('numbers as text, ids as numbers, booleans as text', () => {
    const message = parse({
      msgtype: 'video',
      content: { downloadCode: 'd', duration: '13' },
      createAt: '1789900000000',
      conversationType: 2,
      senderStaffId: 4821,
      isAdmin: 'true',
      isInAtList: 'false',
      conversationMsgContext: [{ readStatus: 2, sendTime: '5' }, 'broken'],
    })
    expect(message).toMatchObject({
      content: { duration: 13_000 },
      createAt: 1789900000000,
      conversationType: '2',
      senderStaffId: '4821',
      isAdmin: true,
      isInAtList: false,
      conversationMsgContext: [{ readStatus: '2', sendTime: 5 }],
    })
  })

  test('a number that is none is missing, and not 0', () => {
    expect(parse({ msgtype: 'audio', content: { downloadCode: 'd', duration: '' } })).toMatchObject({
      content: { duration: undefined },
    })
  })
})

describe('what cannot be read is unknown, and carries its payload', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['text that is no JSON', 'hello'],
    ['a list', [{ msgtype: 'text' }]],
    ['a text without content', { msgtype: 'text', text: {} }],
    ['a text whose content is a number', { msgtype: 'text', text: { content: 7 } }],
    ['a picture without a code', { msgtype: 'picture', content: {} }],
    ['a rich text that is none', { msgtype: 'richText', content: { richText: 'hi' } }],
    ['a file with half a locator', { msgtype: 'file', content: { dentryId: '1' } }],
    ['a record that is none', { msgtype: 'chatRecord', content: 'x' }],
    ['a type of tomorrow', { msgtype: 'hologram', content: { depth: 3 } }],
    ['a type that every object has', { msgtype: 'constructor' }],
    ['a type that is a number', { msgtype: 7 }],
    ['a notice of something else', { errorCode: '20002' }],
  ])('%s', (_, raw) => {
    const message = parseMessage(raw)
    expect(message.msgtype).toBe('unknown')
    expect(message.raw).toBe(raw)
  })

  test('it says what the message calls itself', () => {
    expect(parse({ msgtype: 'hologram' })).toMatchObject({ msgtype: 'unknown', wireMsgtype: 'hologram' })
  })

  test('its text and media are found where messages usually have them', () => {
    const message = parse({ msgtype: 'hologram', content: { text: 'look', downloadCode: 'd', fileName: 'a.holo' } })
    expect(textOfMessage(message)).toBe('look')
    expect(filesOf(message)).toEqual([{ kind: 'file', downloadCode: 'd', fileName: 'a.holo' }])
  })
})

test.each([
  ['errorCode', { errorCode: '20001', errorMessage: 'used up' }],
  ['errCode', { errCode: 20001, errMsg: 'used up' }],
  ['with a type', { msgtype: 'text', errorCode: 20001, errMsg: 'used up' }],
])('a quota notice is read in each spelling: %s', (_, payload) => {
  expect(parse(payload)).toMatchObject({ msgtype: 'quota', errorCode: '20001', errorMessage: 'used up' })
})

test('a file sent through the API is to be had from the drive', () => {
  const content = {
    dentryId: 811,
    spaceId: '25',
    fileName: 'a.pdf',
    fileType: 'pdf',
    fileSize: '9',
    filePath: '/a.pdf',
  }
  const message = parse({ msgtype: 'file', content })
  expect(message).toMatchObject({ msgtype: 'file', content: { ...content, dentryId: '811', fileSize: 9 } })
  expect(filesOf(message)).toEqual([
    { kind: 'file', dentryId: '811', spaceId: '25', fileName: 'a.pdf', fileType: 'pdf', fileSize: 9 },
  ])
})

test('each kind of rich text node is told apart', () => {
  const richText = [
    { type: 'text', text: 'a' },
    { msgType: 'text', content: 'b' },
    { type: 'at', atName: '赵敏', atUserId: 7 },
    { type: 'emoji', text: '[微笑]' },
    { type: 'skill', skillData: { skillId: 's', displayName: '翻译' } },
    { type: 'picture', pictureDownloadCode: 'p' },
    { downloadCode: 'x' },
    { type: 'voice', downloadCode: 'v', recognition: 'hm' },
    { type: 'file', downloadCode: 'f', fileName: 'a.txt' },
    { type: 'sticker', downloadCode: 'g' },
    { type: 'picture' },
    { type: 'sticker', text: 'c' },
    'd',
    null,
  ]
  const message = parse({ msgtype: 'richText', content: { richText } })
  expect(message).toMatchObject({
    content: {
      richText: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
        { type: 'at', atName: '赵敏', atUserId: '7' },
        { type: 'emoji', text: '[微笑]' },
        { type: 'skill', skillData: { skillId: 's', displayName: '翻译' } },
        { type: 'picture', pictureDownloadCode: 'p' },
        { type: 'picture', downloadCode: 'x' },
        { type: 'audio', downloadCode: 'v', recognition: 'hm' },
        { type: 'file', downloadCode: 'f', fileName: 'a.txt' },
        { type: 'file', downloadCode: 'g' },
        { type: 'unknown', wireType: 'picture' },
        { type: 'unknown', wireType: 'sticker', text: 'c' },
        { type: 'text', text: 'd' },
        { type: 'unknown' },
      ],
    },
  })
  expect(textOfMessage(message)).toBe('ab@赵敏 [微笑]hmcd')
  expect(textsOf(message)).toEqual(['a', 'b', '[微笑]', 'hm', 'c', 'd'])
  expect(imagesOf(message).map(({ downloadCode, pictureDownloadCode }) => downloadCode ?? pictureDownloadCode)).toEqual(
    ['p', 'x'],
  )
  expect(filesOf(message).map(({ kind, downloadCode }) => [kind, downloadCode])).toEqual([
    ['audio', 'v'],
    ['file', 'f'],
    ['file', 'g'],
  ])
})

describe('the mention of the bot', () => {
  const bot = { dingtalkId: '$bot' }
  const richText = [{ text: '@助手 ' }, { type: 'at', atName: '助手' }, { text: '@a 看 ' }]
  const mention = (atUsers: object[], more: object = {}) =>
    parse({ msgtype: 'richText', chatbotUserId: '$bot', atUsers, content: { richText }, ...more })

  test('is left out of rich text when nobody else is mentioned', () => {
    expect(textOfMessage(mention([bot]))).toBe('@a 看')
  })

  test('stays where the bot is not mentioned', () => {
    expect(textOfMessage(mention([]))).toBe('@助手 @助手 @a 看')
  })

  test('is known by its id where the platform does not say it', () => {
    expect(isBotMentioned(mention([bot]))).toBe(true)
    expect(isBotMentioned(mention([{ dingtalkId: '$zhao' }]))).toBe(false)
    expect(isBotMentioned(parse({}))).toBe(false)
    expect(mentionsOf(mention([bot, { staffId: '7' }]))).toEqual([{ staffId: '7' }])
    expect(mentionsOf(mention([{ staffId: '7' }], { chatbotUserId: undefined }))).toEqual([{ staffId: '7' }])
  })
})

test('a forwarded chat without messages has its summary, unless that is empty, too', () => {
  const record = (content: object) => textOfMessage(parse({ msgtype: 'chatRecord', content }))
  expect(record({ chatRecord: '[]', summary: '赵敏:你好', title: 't' })).toBe('赵敏:你好')
  expect(record({ chatRecord: '[]', summary: '[]', title: 't' })).toBe('t')
  expect(record({ chatRecord: 'broken' })).toBe('')
})

test('a card says its texts line by line, and its link where it has none', () => {
  const card = (content: object) => textOfMessage(parse({ msgtype: 'interactiveCard', content }))
  const tree = [
    {
      elementType: 'LIST',
      children: [
        { elementType: 'RICHTEXT', children: [{ elementType: 'TEXT', value: '@助手' }] },
        { elementType: 'MARKDOWN', text: '第二行' },
      ],
    },
  ]
  expect(card({ cardContent: tree })).toBe('@助手\n第二行')
  expect(card({ title: '文档', biz_custom_action_url: 'https://example.com' })).toBe('文档\nhttps://example.com')
  expect(card({})).toBe('')
})

test('a voice note in a forwarded chat is one, whatever it is called', () => {
  const chatRecord = [{ msgType: 'voice', downloadCode: 'd', recognition: '好' }]
  const message = parse({ msgtype: 'chatRecord', content: { chatRecord } })
  expect(filesOf(message)).toEqual([{ kind: 'audio', downloadCode: 'd' }])
  expect(textOfMessage(message)).toBe('好')
})

test('the list of types has each type once', () => {
  expect(new Set(MSGTYPES).size).toBe(MSGTYPES.length)
})
