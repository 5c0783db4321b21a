import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceOf } from '../../../fixtures/evidence.ts'
import { recordOf } from '../lenient/lenient.ts'
import { markdownOfMessage } from './markdown-of.ts'
import { filesOf, imagesOf } from './media-of.ts'
import { isBotMentioned, mentionsOf } from './mentions.ts'
import { parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage } from './text-of.ts'

const quote = (repliedMsg: unknown) => quotedOf(parseMessage({ msgtype: 'text', text: { content: 'x', repliedMsg } }))

describe('voice', () => {
  test.each<readonly [string, object]>([
    ['audio', { msgtype: 'audio', content: { recognition: '好', downloadCode: 'd' } }],
    ['voice', { msgtype: 'voice', content: { recognition: '好', downloadCode: 'd' } }],
    ['without a code', { msgtype: 'voice', content: { recognition: '好' } }],
    ['the transcript beside the content', { msgtype: 'audio', content: { downloadCode: 'd' }, recognition: '好' }],
    ['an empty transcript in the content', { msgtype: 'audio', content: { recognition: '' }, recognition: '好' }],
    ['everything at the top', { msgtype: 'voice', recognition: '好', downloadCode: 'd' }],
    ['in audio at the top', { msgtype: 'audio', audio: { recognition: '好' } }],
    ['content as JSON text', { msgtype: 'voice', content: '{"recognition":"好"}' }],
  ])('%s', (_, payload) => {
    const message = parseMessage(payload)
    expect(message.msgtype).toBe('audio')
    expect(textOfMessage(message)).toBe('好')
    expect(quote({ ...payload, msgType: recordOf(payload)?.msgtype })?.text).toBe('好')
  })

  test('its code is found where it stands', () => {
    const message = parseMessage({ msgtype: 'voice', content: { recognition: '好' }, downloadCode: 'd' })
    expect(filesOf(message)).toMatchObject([{ kind: 'audio', downloadCode: 'd' }])
  })

  test('without transcript and code it is a voice note of which nothing is known', () => {
    const message = parseMessage({ msgtype: 'voice', content: {} })
    expect(message.msgtype).toBe('audio')
    expect(textOfMessage(message)).toBe('')
    expect(filesOf(message)).toEqual([])
  })

  test.each([
    [4_000, 4_000],
    ['4000', 4_000],
    [5, 5_000],
    ['5', 5_000],
    ['4.2', 4_200],
    [' 5 ', 5_000],
    ['4000\n', 4_000],
    [' ', undefined],
    [999, 999_000],
    [1_000, 1_000],
    [0, 0],
    ['', undefined],
    [-1, undefined],
    [null, undefined],
    [undefined, undefined],
    ['long', undefined],
  ])('a duration of %j is %j milliseconds', (duration, milliseconds) => {
    expect(parseMessage({ msgtype: 'voice', content: { recognition: '好', duration } })).toMatchObject({
      content: { duration: milliseconds },
    })
    expect(parseMessage({ msgtype: 'video', content: { downloadCode: 'd', duration } })).toMatchObject({
      content: { duration: milliseconds },
    })
  })
})

describe('rich text', () => {
  const rich = (...richText: readonly unknown[]) => parseMessage({ msgtype: 'richText', content: { richText } })

  test.each(['bold', 'italic', 'inlineCode', 'pre'])('%s keeps its words', style => {
    const message = rich({ text: 'a' }, { type: style, text: 'b' }, { msgType: style, content: 'c' })
    expect(textOfMessage(message)).toBe('abc')
    expect(message).toMatchObject({
      content: { richText: [{ text: 'a' }, { text: 'b', style }, { text: 'c', style }] },
    })
  })

  test('a caption and its picture are both kept, whatever the node calls itself', () => {
    for (const type of [undefined, 'picture', 'text', 'bold']) {
      const message = rich({ type, text: '看', downloadCode: 'd' })
      expect(textOfMessage(message)).toBe('看')
      expect(imagesOf(message).map(({ downloadCode }) => downloadCode)).toEqual(['d'])
    }
  })

  test('a caption and its file are both kept', () => {
    const message = rich({ text: '看', downloadCode: 'd', fileName: 'a.pdf' })
    expect(textOfMessage(message)).toBe('看')
    expect(filesOf(message)).toMatchObject([{ kind: 'file', downloadCode: 'd', fileName: 'a.pdf' }])
  })

  test('a voice note is what was said', () => {
    const message = rich({ type: 'voice', recognition: '你', duration: '3' }, { recognition: '好', downloadCode: 'd' })
    expect(textOfMessage(message)).toBe('你好')
    expect(message).toMatchObject({ content: { richText: [{ type: 'audio', duration: 3_000 }, { type: 'audio' }] } })
    expect(filesOf(message).map(({ kind }) => kind)).toEqual(['audio'])
  })

  test.each<readonly [string, object]>([
    ['a list in content', { content: { richText: [{ text: '旧' }] } }],
    ['an object in content', { content: { richText: { richTextList: [{ text: '旧' }] } } }],
    ['an object at the top', { richText: { richTextList: [{ text: '旧' }] } }],
    ['a list at the top', { richText: [{ text: '旧' }] }],
    ['JSON text at the top', { richText: '{"richTextList":[{"text":"旧"}]}' }],
    ['words as objects', { content: { richText: [{ text: { text: '旧' } }] } }],
    ['words in objects in objects', { content: { richText: [{ content: { content: { text: '旧' } } }] } }],
  ])('%s', (_, payload) => {
    const message = parseMessage({ msgtype: 'richText', ...payload })
    expect(message.msgtype).toBe('richText')
    expect(textOfMessage(message)).toBe('旧')
  })
})

describe('plain text', () => {
  test.each<readonly [string, object, string]>([
    ['content at the top', { content: ' 你好' }, '你好'],
    ['content that happens to be a number', { content: '42' }, '42'],
    ['content that happens to be JSON', { content: '{"a":1}' }, '{"a":1}'],
    ['text that happens to be JSON', { text: { content: '{"text":"a"}' } }, '{"text":"a"}'],
    ['words in an object in content', { text: { content: { text: '你好' } } }, '你好'],
  ])('%s', (_, payload, text) => {
    const message = parseMessage({ msgtype: 'text', ...payload })
    expect(message.msgtype).toBe('text')
    expect(textOfMessage(message)).toBe(text)
  })

  test('a notice about the quota may have empty fields beside it', () => {
    expect(parseMessage({ text: null, content: null, errCode: '20001', errMsg: 'x' }).msgtype).toBe('quota')
  })
})

describe('cards', () => {
  const card = (content: object, msgtype = 'interactiveCard') => parseMessage({ msgtype, content })
  const TEXT = (value: string) => ({ elementType: 'TEXT', value })
  const tree = [
    {
      elementType: 'RICHTEXT',
      children: [{ elementType: 'UNKNOWN', value: '{}' }, TEXT('一只'), TEXT('猫'), TEXT(' 吧')],
    },
    { elementType: 'RICHTEXT', children: [TEXT('第二段'), { elementType: 'IMAGE', downloadCode: 'd' }] },
  ]

  test.each<readonly [string, unknown]>([
    ['a list', tree],
    ['JSON text', JSON.stringify(tree)],
    ['one element', { elementType: 'CONTAINER', children: tree }],
  ])('a tree as %s', (_, cardContent) => {
    const message = card({ cardContent })
    expect(textOfMessage(message)).toBe('一只猫 吧\n第二段')
    expect(imagesOf(message)).toMatchObject([{ kind: 'picture', downloadCode: 'd' }])
    const quoted = quote({ msgType: 'interactiveCard', content: { cardContent } })
    expect(quoted?.text).toBe('一只猫 吧\n第二段')
    expect(quoted?.images).toMatchObject([{ downloadCode: 'd' }])
  })

  test('a link keeps clear of what stands beside it', () => {
    const children = [TEXT('看'), { elementType: 'LINK', value: 'https://example.com/a' }, TEXT('吧')]
    expect(textOfMessage(card({ cardContent: [{ elementType: 'RICHTEXT', children }] }))).toBe(
      '看 https://example.com/a 吧',
    )
  })

  test('the items of a list stand on lines of their own', () => {
    expect(textOfMessage(card({ cardContent: [{ elementType: 'LIST', children: [TEXT('a'), TEXT('b')] }] }))).toBe(
      'a\nb',
    )
  })

  test('a picture between two blocks leaves no empty line', () => {
    const picture = { elementType: 'RICHTEXT', children: [{ elementType: 'IMAGE', downloadCode: 'd' }] }
    const blocks = [picture, { elementType: 'RICHTEXT', children: [TEXT('a')] }, picture, TEXT('b')]
    expect(textOfMessage(card({ cardContent: blocks }))).toBe('a\nb')
  })

  test('the mention of the bot is gone, even if it has a block of its own', () => {
    const cardContent = ['@代码 助手', '你好'].map(value => ({ elementType: 'RICHTEXT', children: [TEXT(value)] }))
    const message = parseMessage({ msgtype: 'interactiveCard', isInAtList: true, content: { cardContent } })
    expect(textOfMessage(message)).toBe('你好')
  })

  test('the source of a layout is no text', () => {
    const source = '{"tag":"layout"}'
    const message = card({ cardContent: [{ elementType: 'UNKNOWN', value: source, children: [TEXT('a')] }] })
    expect(textOfMessage(message)).toBe('a')
    expect(textOfMessage(card({ cardContent: [{ elementType: 'UNKNOWN', value: source }] }))).toBe('')
  })

  test.each<readonly [string, object]>([
    ['beside the content', { cardData: { cardParamMap: { text: '正文' } } }],
    ['in the content', { content: { cardData: { cardParamMap: { text: '正文' } } } }],
    ['in cardContent', { content: { cardContent: { cardData: { cardParamMap: { text: '正文' } } } } }],
    ['in cardContent as JSON text', { content: { cardContent: '{"cardData":{"cardParamMap":{"text":"正文"}}}' } }],
    ['in cardContent, by themselves', { content: { cardContent: { cardParamMap: { text: '正文' } } } }],
  ])('variables %s', (_, payload) => {
    expect(textOfMessage(parseMessage({ msgtype: 'card', ...payload }))).toBe('正文')
  })

  test('a document is its title and its address', () => {
    const message = card({ title: '文档', docUrl: 'https://example.com' }, 'card')
    expect(message.msgtype).toBe('interactiveCard')
    expect(textOfMessage(message)).toBe('文档\nhttps://example.com')
    expect(quote({ msgType: 'card', content: { docUrl: 'https://example.com' } })?.text).toBe('https://example.com')
  })
})

describe('forwarded chats', () => {
  const record = (content: object) => parseMessage({ msgtype: 'chatRecord', content })
  const said = (content: string, senderId = '$a') => ({ senderId, msgType: 'text', content })
  const textOf = (content: object) => textOfMessage(record(content))

  test.each<readonly [string, unknown]>([
    ['JSON text of a list', '["张三:1","李四:2"]'],
    ['a list', ['张三:1', '李四:2']],
    ['text', '张三:1\n李四:2'],
    ['text with blanks and wide colons', '张三： 1\n李四： 2'],
    ['text that is cut', '张三:1\n李四:2…'],
  ])('the names come from the summary: %s', (_, summary) => {
    expect(textOf({ summary, chatRecord: [said('1'), said('2', '$b')] })).toBe('张三: 1\n李四: 2')
  })

  test.each<readonly [string, unknown, readonly object[]]>([
    ['lines that say something else', ['张三:2', '李四:1'], [said('1'), said('2', '$b')]],
    ['two names for one person', ['张三:1', '李四:2'], [said('1'), said('2')]],
    ['a line without a name', ['1', '李四:2'], [said('1'), said('2', '$b')]],
    ['no summary', undefined, [said('1'), said('2')]],
  ])('rather no name than a wrong one: %s', (_, summary, items) => {
    const message = record({ summary, chatRecord: JSON.stringify(items) })
    expect(textOfMessage(message)).toBe('1\n2')
    expect(message).toMatchObject({ content: { chatRecord: [{ senderId: '$a', senderName: undefined }, {}] } })
  })

  test.each<readonly [string, unknown, readonly object[], string]>([
    ['goes on with the sender where the summary ends', ['张三:1'], [said('1'), said('2')], '张三: 1\n张三: 2'],
    ['is not guessed for others there', ['张三:1'], [said('1'), said('2', '$b')], '张三: 1\n2'],
    [
      'tells of messages that the record lacks',
      ['张三:1', '李四:2', '王五:3'],
      [said('1'), said('2', '$b')],
      '张三: 1\n李四: 2\n王五:3',
    ],
    [
      'passes over a line that shows a label alone',
      ['张三:1', '李四:[消息]', '王五:3'],
      [said('1'), said('2', '$b'), said('3', '$c')],
      '张三: 1\n2\n王五: 3',
    ],
    [
      'tells of them behind a line that shows a label alone, too',
      ['张三:1', '李四:[消息]', '王五:3'],
      [said('1'), said('2', '$b')],
      '张三: 1\n2\n王五:3',
    ],
    [
      'is none where the first message is missing',
      ['张三:1', '李四:2', '王五:3'],
      [said('2', '$b'), said('3', '$c')],
      '2\n3',
    ],
  ])('the summary %s', (_, summary, items, expected) => {
    expect(textOf({ summary, chatRecord: JSON.stringify(items) })).toBe(expected)
  })

  test('an item may have its body in its content, as a message has', () => {
    const items = [
      { msgType: 'picture', content: { downloadCode: 'p' } },
      { msgType: 'richText', content: JSON.stringify({ richText: [{ text: 'a' }, { text: 'b' }] }) },
    ]
    const message = record({ title: 't', chatRecord: items })
    expect(message).toMatchObject({ content: { chatRecord: [{ downloadCode: 'p' }, { content: 'ab' }] } })
    expect(textOfMessage(message)).toBe('[picture]\nab')
  })

  test.each<readonly [string, object, string, number]>([
    ['a picture by its other code', { msgType: 'picture', pictureDownloadCode: 'p' }, '[picture]', 1],
    ['a picture by another word', { msgType: 'image', content: { downloadCode: 'p' } }, '[image]', 1],
    ['a picture in capitals', { msgType: 'PICTURE', downloadCode: 'p' }, '[PICTURE]', 1],
    ['a picture with words', { msgType: 'picture', content: { downloadCode: 'p', text: 'a' } }, 'a', 1],
    ['a list of nodes', { msgType: 'richText', content: [{ text: 'a' }, { text: 'b' }] }, 'ab', 0],
    ['the JSON text of nodes', { msgType: 'richText', content: '[{"text":"a"}]' }, 'a', 0],
    ['nodes beside the content', { msgType: 'richText', richText: [{ text: 'a' }] }, 'a', 0],
    [
      'pictures among the nodes',
      { msgType: 'richText', content: { richText: [{ text: 'a' }, { downloadCode: 'p' }, { downloadCode: 'q' }] } },
      'a',
      2,
    ],
    ['JSON that somebody wrote', { msgType: 'text', content: '{"downloadCode":"p"}' }, '{"downloadCode":"p"}', 0],
  ])('an item: %s', (_, item, text, pictures) => {
    const message = record({ chatRecord: [item] })
    expect(textOfMessage(message)).toBe(text)
    expect(imagesOf(message)).toHaveLength(pictures)
    expect(filesOf(message)).toEqual([])
  })

  test('a name may hold a colon, and a picture is a label', () => {
    const items = [said('1'), { senderId: '$b', msgType: 'picture', downloadCode: 'd' }]
    expect(textOf({ summary: ['a:b:1', 'c:d:[图片]'], chatRecord: items })).toBe('a:b: 1\nc:d: [picture]')
  })

  test('a name that items say goes before the summary', () => {
    const items = [{ senderName: '赵敏', msgType: 'text', content: '1' }, said('2')]
    expect(textOf({ summary: ['张三:1', '李四:2'], chatRecord: items })).toBe('赵敏: 1\n2')
  })

  test.each<readonly [string, object, string]>([
    ['an empty list', { chatRecord: [], summary: '["晴:你好","雨:对"]' }, '晴:你好\n雨:对'],
    ['an empty list as JSON text', { chatRecord: '[]', summary: '晴:你好' }, '晴:你好'],
    ['none', { summary: '晴:你好', title: 't' }, '晴:你好'],
    ['none, and an empty summary', { summary: '[]', chatRecord: '[]', title: 't' }, 't'],
    ['broken items', { chatRecord: [null, 7, 'x', said('1')] }, '1'],
    ['words as objects', { chatRecord: [{ msgType: 'text', content: { text: '1' } }] }, '1'],
  ])('items: %s', (_, content, text) => {
    expect(textOf(content)).toBe(text)
  })

  test.each(['chatRecord', 'text', undefined])('a quote of type %s has title and summary only', msgType => {
    const quoted = quote({ msgType, content: { title: 't', summary: '李四: 你好' } })
    expect(quoted?.msgtype).toBe('chatRecord')
    expect(quoted?.text).toBe('李四: 你好')
  })
})

describe('an empty id is a missing one', () => {
  const message = parseMessage({
    msgtype: 'text',
    text: { content: 'x' },
    senderStaffId: '',
    senderUnionId: '',
    senderNick: '',
    conversationTitle: '',
    openThreadId: ' ',
    robotCode: '',
    chatbotUserId: '',
    sessionWebhook: '',
    originalMsgId: '',
    atUsers: [
      { dingtalkId: '', staffId: '', unionId: '' },
      { dingtalkId: '$a', staffId: '', unionId: 'u' },
    ],
  })

  test.each([
    'senderStaffId',
    'senderUnionId',
    'senderNick',
    'conversationTitle',
    'openThreadId',
    'robotCode',
    'chatbotUserId',
    'sessionWebhook',
    'originalMsgId',
  ] as const)('%s', field => {
    expect(message[field]).toBeUndefined()
  })

  test('of those mentioned, and who has none is nobody', () => {
    expect(mentionsOf(message)).toEqual([{ dingtalkId: '$a', unionId: 'u' }])
  })

  test('and no quote', () => {
    expect(quotedOf(message)).toBeUndefined()
  })
})

test('no field has to be there', () => {
  const lines = evidenceOf('inbound').map(({ data }) => recordOf(data) ?? {})
  const partOf = (fields: object): fc.Arbitrary<object> =>
    fc.subarray(Object.entries(fields)).map(entries => Object.fromEntries(entries))
  const anyPart = fc.constantFrom(...lines).chain(line =>
    fc
      .tuple(partOf(line), partOf(recordOf(line.content) ?? {}), partOf(recordOf(line.text) ?? {}))
      .map(([fields, content, text]) => ({
        ...fields,
        ...('content' in fields && { content }),
        ...('text' in fields && { text }),
      })),
  )
  fc.assert(
    fc.property(anyPart, payload => {
      const message = parseMessage(payload)
      const all = [textOfMessage, markdownOfMessage, imagesOf, filesOf, mentionsOf, isBotMentioned, quotedOf]
      for (const read of all) read(message)
    }),
    { numRuns: 300 },
  )
})
