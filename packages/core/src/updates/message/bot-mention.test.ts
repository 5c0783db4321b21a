import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import { createUpdate, TOPICS } from '../update.ts'
import { markdownOfMessage } from './markdown-of.ts'
import { parseMessage } from './message.ts'
import { textOfMessage } from './text-of.ts'

type Node = string | object

const BOT = { dingtalkId: '$bot' }
const BOB = { dingtalkId: '$bob', staffId: 'bob' }
const PICTURE = { type: 'picture', downloadCode: 'd' }

const payloadOf = (nodes: readonly Node[], others: readonly object[] = [], more: object = {}) => ({
  msgId: 'm',
  conversationType: '2',
  conversationId: 'cid',
  chatbotUserId: '$bot',
  isInAtList: true,
  atUsers: [...others, BOT],
  msgtype: 'richText',
  content: { richText: nodes.map(node => (typeof node === 'string' ? { text: node } : node)) },
  ...more,
})

const textOf = (...parameters: Parameters<typeof payloadOf>) => textOfMessage(parseMessage(payloadOf(...parameters)))

describe('the mention of the bot is gone from rich text', () => {
  test.each<readonly [string, readonly Node[], string]>([
    ['at the start', ['@bot', '/new'], '/new'],
    ['at the start, with a blank', ['@bot ', '/new'], '/new'],
    ['with a blank before it', [' @bot ', ' /new'], '/new'],
    ['of a name with blanks', ['@My Helper ', '/new'], '/new'],
    ['of a name with blanks and none behind it', ['@代码 助手', '帮我看看'], '帮我看看'],
    ['glued to a command', ['@bot /new'], '/new'],
    ['glued to a command without a blank', ['@bot/new'], '/new'],
    ['glued to words', ['@bot 你好'], '你好'],
    ['alone', ['@bot'], ''],
    ['in the middle', ['请 ', '@bot', ' 看看'], '请 看看'],
    ['in the middle, without blanks', ['请', '@小助', '看看'], '请看看'],
    ['in the middle of one node', ['请 @bot 看看'], '请 看看'],
    ['last', ['/new ', '@bot'], '/new'],
    ['last in one node', ['/new @bot'], '/new'],
    ['last in one node, without a blank', ['帮助@bot'], '帮助'],
    ['last, of a name with blanks', ['/new ', '@My Helper '], '/new'],
    ['of a name with blanks, on a line of its own', ['@My Helper', '\n', '/new'], '/new'],
    ['after a picture', [PICTURE, '@bot ', '看图'], '看图'],
    ['before a picture', ['@bot ', PICTURE, '看图'], '看图'],
    ['of a name with blanks, before a picture', ['@My Helper ', PICTURE, '看图'], '看图'],
    ['more than once', ['@bot ', '你好 ', '@bot'], '你好'],
    ['beside words in bold', ['@bot ', { type: 'bold', text: '快' }, ' 看'], '快 看'],
    ['where words would run together', ['run', '@bot', 'now'], 'run now'],
    ['as a node that says so', [{ type: 'at', atName: 'bot' }, { text: '你好' }], '你好'],
    [
      'by its id',
      [
        { type: 'at', atName: 'x', atUserId: 'bob' },
        { type: 'at', atName: 'y', atUserId: '$bot' },
      ],
      '@x',
    ],
  ])('%s', (_, nodes, text) => {
    expect(textOf(nodes)).toBe(text)
  })

  test.each<readonly [string, readonly Node[], string]>([
    ['the first of two', ['@bot', '/assign ', '@Bob'], '/assign @Bob'],
    ['the first of two, in one node', ['@bot /assign @Bob'], '/assign @Bob'],
    ['the last of two', ['/assign ', '@Bob', ' ', '@bot'], '/assign @Bob'],
    ['the first, when nobody is first or last', ['请 ', '@bot', ' 给 ', '@Bob', ' 发消息'], '请 给 @Bob 发消息'],
    ['not a node with the id of another', ['请 ', { type: 'at', atName: 'Bob', atUserId: 'bob' }, '@bot'], '请 @Bob'],
  ])('where another person is mentioned: %s', (_, nodes, text) => {
    expect(textOf(nodes, [BOB])).toBe(text)
  })
})

describe('what is no mention of the bot stays', () => {
  test.each<readonly [string, readonly Node[], string]>([
    ['an address', ['@bot ', '写给 me@corp.example'], '写给 me@corp.example'],
    ['an address alone', ['写给 me@corp.example'], '写给 me@corp.example'],
    ['an address right after words', ['写给张三@corp.example'], '写给张三@corp.example'],
    [
      'an address that a style has parted',
      ['@bot 写给 ', { type: 'bold', text: 'me' }, '@corp.example'],
      '写给 me@corp.example',
    ],
    ['everybody', ['@bot ', '提醒 @all'], '提醒 @all'],
    ['everybody alone', ['提醒 @所有人 开会'], '提醒 @所有人 开会'],
    ['a name that was typed', ['@bot', '通知 @张三 开会'], '通知 @张三 开会'],
    ['words that are glued to the name', ['@bot 看看这个', PICTURE], '看看这个'],
    ['words before a line break', ['@bot 你好', '\n'], '你好'],
    ['a sentence', ['@bot 帮我看看，这是什么', '？'], '帮我看看，这是什么？'],
    ['words behind a comma', ['@bot，你好'], '，你好'],
    ['words right behind a mention within words', ['请@小助看看'], '请@小助看看'],
    ['code', [{ type: 'inlineCode', text: '@Override' }, ' 是什么 ', '@bot'], '@Override 是什么'],
  ])('%s', (_, nodes, text) => {
    expect(textOf(nodes)).toBe(text)
  })

  test('the name of another person, where the bot has none', () => {
    expect(textOf(['问问 ', '@Bob'], [BOB])).toBe('问问 @Bob')
  })

  test('anything that was typed in plain text', () => {
    const text = { msgtype: 'text', text: { content: ' @bot 写给 @all' } }
    expect(textOfMessage(parseMessage({ ...payloadOf([]), ...text }))).toBe('@bot 写给 @all')
  })

  test('everything where the bot is not mentioned', () => {
    expect(textOf(['@bot ', '你好'], [], { isInAtList: false, atUsers: [] })).toBe('@bot 你好')
    expect(textOf(['@bot ', '你好'], [], { isInAtList: undefined, atUsers: undefined })).toBe('@bot 你好')
  })
})

test('markdown has no mention of the bot either', () => {
  const message = parseMessage(payloadOf(['@bot ', { type: 'bold', text: '快' }, ' 看']))
  expect(markdownOfMessage(message)).toBe('**快** 看')
})

describe('a command is one from every client', () => {
  const forms: readonly (readonly [string, object])[] = [
    ['plain text from a Mac', { msgtype: 'text', text: { content: ' /assign ' }, content: undefined }],
    ['rich text from HarmonyOS', payloadOf(['@bot', '/assign ', '@Bob'], [BOB])],
    ['a name with blanks', payloadOf(['@My Helper ', '/assign ', '@Bob'], [BOB])],
    ['glued', payloadOf(['@bot /assign ', '@Bob'], [BOB])],
    ['a picture first', payloadOf([PICTURE, '@bot ', '/assign'])],
    ['the mention last', payloadOf(['/assign ', '@bot'])],
  ]
  test.each(forms)('%s', async (_, fields) => {
    let matched = 0
    const bot = createBot().command('assign', () => {
      matched++
    })
    const payload = { ...payloadOf([], [BOB]), ...fields }
    await bot.handle(createUpdate(TOPICS.chatbot, payload, { topic: TOPICS.chatbot, messageId: 'd' }))
    expect(matched).toBe(1)
  })
})

describe('properties', () => {
  const blank = fc.constantFrom('', ' ', '\u2005')
  const word = fc.stringMatching(/^[A-Za-z\u4e00-\u9fa5]{1,8}$/)
  const name = fc.tuple(word, fc.option(word, { nil: undefined })).map(words => `@${words.filter(Boolean).join(' ')}`)
  const sentence = fc.array(word, { minLength: 1, maxLength: 4 }).map(words => words.join(' '))
  const squeezed = (text: string) => text.replace(/\s+/g, '')

  test('a mention with a node of its own goes, wherever it stands, and nothing else', () => {
    const part = fc.oneof({ weight: 3, arbitrary: sentence }, { weight: 1, arbitrary: fc.constant('me@corp.example') })
    const check = ([before, after, mention, left, right]: readonly [string[], string[], string, string, string]) => {
      const parts = [...before, `${left}${mention}${right}`, ...after]
      expect(squeezed(textOf(parts))).toBe(squeezed([...before, ...after].join('')))
    }
    // Alone, a name of two words could be a name and a word.
    const around = fc
      .tuple(fc.array(part, { maxLength: 3 }), fc.array(part, { maxLength: 3 }), name, blank, blank)
      .filter(([before, after]) => before.length + after.length > 0)
    fc.assert(fc.property(around, check), { numRuns: 500 })
  })

  test('a mention glued to the beginning goes, and nothing else', () => {
    fc.assert(
      fc.property(word, fc.constantFrom(' ', '  ', '\n'), sentence, (bot, gap, rest) => {
        expect(textOf([`@${bot}${gap}${rest}`])).toBe(rest)
      }),
    )
  })

  test('without a mention of the bot every text stays as it is', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), name)), nodes => {
        expect(textOf(nodes, [], { isInAtList: false })).toBe(nodes.join('').trim())
      }),
    )
  })
})

describe('names that hold blanks, glued to what was written', () => {
  const textOf = (nodes: readonly (string | object)[], others: readonly string[] = []) =>
    textOfMessage(
      parseMessage({
        msgtype: 'richText',
        conversationType: '2',
        isInAtList: true,
        chatbotUserId: 'bot',
        atUsers: ['bot', ...others].map(dingtalkId => ({ dingtalkId })),
        content: { richText: nodes.map(node => (typeof node === 'string' ? { text: node } : node)) },
      }),
    )

  test.each<[readonly (string | object)[], readonly string[], string]>([
    [['@My Helper /new'], [], '/new'],
    [['@代码 助手 /help'], [], '/help'],
    [['@My Helper /assign ', '@Bob'], ['wang'], '/assign @Bob'],
    [['@bot 第一行', '\n', '第二行'], [], '第一行\n第二行'],
    [['@bot help', '\n', 'hello'], [], 'help\nhello'],
    [['@bot／help x'], [], '／help x'],
    [['@My\u00a0Helper', '/new'], [], '/new'],
    [['@智能\u3000助手', '/help'], [], '/help'],
    [['@My Helper /new ', PICTURE], [], '/new'],
    [['＠bot /new'], [], '/new'],
    [['＠bot', '你好'], [], '你好'],
    [['帮助＠bot'], [], '帮助'],
    [['＠bot 提醒 ＠all'], [], '提醒 ＠all'],
    [['写给 me＠corp.example'], [], '写给 me＠corp.example'],
  ])('%j of %j', (nodes, others, expected) => {
    expect(textOf(nodes, others)).toBe(expected)
  })
})

test.each<[readonly Node[], string]>([
  [['@Bot, Inc', '/new'], '/new'],
  [['@助手：测试', '/help'], '/help'],
  [['@AI/助手', '/new'], '/new'],
  [['@AI／助手 ', ' ', '／new'], '／new'],
  [['@Why?', '/help'], '/help'],
  [['@A B C D E', '/new'], '/new'],
  [['请 ', '@Bot, Inc', '/new'], '请 /new'],
  [['@bot, 你好', '\n', '/new'], ', 你好\n/new'],
  [['@bot 看看 @foo, ', '/new'], '看看 @foo, /new'],
  [['@bot /a, ', '/b'], '/a, /b'],
  [['@bot 第一行，\n第二行', '/b'], '第一行，\n第二行/b'],
])('a node right before a command is a name, whatever it holds: %j', (nodes, text) => {
  expect(textOf(nodes)).toBe(text)
})

test.each<[readonly Node[], readonly object[], string]>([
  [['@Override 是什么 ', '@bot'], [], '@Override 是什么'],
  [['@types/node 怎么装 ', '@bot'], [], '@types/node 怎么装'],
  [['@Override 是什么 ', '@bot', ' 说说'], [], '@Override 是什么 说说'],
  [['@bot 问问 ', '@Bob'], [BOB], '问问 @Bob'],
  [['@bot /assign ', '@Bob'], [], '/assign @Bob'],
  [['@bot 看看 ', { type: 'bold', text: '这个' }, '@Override'], [], '看看 这个@Override'],
  [['@bot 看看', '\n', '@Override'], [], '看看\n@Override'],
])('a node of its own goes before what may have been typed at the beginning: %j, %j', (nodes, others, text) => {
  expect(textOf(nodes, others)).toBe(text)
})

test.each([true, 'true', 'TRUE', 1, '1'])('the bot is mentioned where isInAtList is %j', isInAtList => {
  expect(textOf(['@bot ', '你好'], [], { isInAtList, atUsers: [] })).toBe('你好')
})

test.each([false, 'false', 'False', 0, '0'])('the bot is not mentioned where isInAtList is %j', isInAtList => {
  expect(textOf(['@bot ', '你好'], [], { isInAtList })).toBe('@bot 你好')
})
