import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceNamed } from '../../../fixtures/evidence.ts'
import { isCiphertext, maskCiphertext } from '../lenient/ciphertext.ts'
import { markdownOfMessage } from './markdown-of.ts'
import { parseMessage } from './message.ts'
import { quotedOf } from './quoted.ts'
import { textOfMessage, textsOf } from './text-of.ts'

const ENCRYPTED = 'PtXtqdDQeAipXlBWrDr2MREmqdd1B8wj2/Gv0e8KljFDVfxVD0zVLY92OXou6afg\nauLGAg0gULGiPpYSIvMkxImJ'

describe('encrypted', () => {
  test.each([
    ['a quote in lines', `${ENCRYPTED}\n||3||1||132`],
    ['of an organisation that encrypts', `${ENCRYPTED}||4||1||64`],
    ['in lines that end as on Windows', `${ENCRYPTED.replace('\n', '\r\n')}\r\n||3||1||132`],
    ['with padding', `${ENCRYPTED}==||4||1||64`],
    ['with other numbers behind it', `${ENCRYPTED}||12||0||7||4096`],
    ['with two numbers', `${ENCRYPTED}||4||64`],
    ['of one block', 'q83vEjRWeJCrze8SNFZ4kA==||4||1||2'],
    ['twice, in lines', `${ENCRYPTED}||4||1||64\n${ENCRYPTED}||4||1||64`],
    ['twice, one beside the other', `${ENCRYPTED}||4||1||64 ${ENCRYPTED}||3||1||132`],
    ['twice, without anything between', `${ENCRYPTED}||4||1||64${ENCRYPTED}||3||1||132`],
    ['with padding that a line break cuts', `${ENCRYPTED}=\n=\n||4||1||64`],
    ['with blanks between the numbers', `${ENCRYPTED} ||4 ||1 ||64`],
    ['with blanks around it', `  ${ENCRYPTED}||4||1||64 \n`],
  ])('%s', (_, text) => {
    expect(isCiphertext(text)).toBe(true)
  })
})

describe('readable', () => {
  test.each([
    ['base64 alone', ENCRYPTED],
    ['base64 with one number', `${ENCRYPTED}||132`],
    ['base64 with words behind it', `${ENCRYPTED}||3||1||132 是什么？`],
    ['base64 before words with numbers behind them', `${ENCRYPTED}||3||1||132\n好||3||1||132`],
    ['words with numbers behind them', 'compare these two versions||3||1||132'],
    ['Chinese with numbers behind it', '这是第一个版本的说明文字请大家看看是否可以||3||1||132'],
    ['a short word', 'total||3||1||132'],
    ['a number', '20260918123456789012345||3||1||132'],
    ['a constant', 'THE_LONGEST_CONSTANT_OF_ALL||3||1||132'],
    ['code', 'if (aaaaaaaaaaaaaaaaaaaaaaaaaa || b) return'],
    ['a table', '||a||b||\n||1||2||'],
    ['nothing', ''],
  ])('%s', (_, text) => {
    expect(isCiphertext(text)).toBe(false)
  })

  test('base64 of anything, unless the numbers stand behind it', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 256 }).map(array => Buffer.from(array).toString('base64'))
    // Bytes of nothing but digits or small letters are no cipher.
    const cipher = bytes.filter(text => /[A-Z]/.test(text) && /[a-z]/.test(text))
    const tail = fc
      .array(fc.nat(9_999), { minLength: 2, maxLength: 5 })
      .map(numbers => numbers.map(n => `||${n}`).join(''))
    fc.assert(
      fc.property(cipher, tail, (text, numbers) => {
        expect(isCiphertext(text)).toBe(false)
        expect(isCiphertext(text + numbers)).toBe(true)
      }),
    )
  })

  test('whatever people write', () => {
    fc.assert(fc.property(fc.string({ maxLength: 21 }), text => !isCiphertext(`${text}||3||1||132`)))
  })

  // Each of these takes a pattern that goes back again and again for minutes.
  test.each([
    'A'.repeat(200_000),
    'Aa\n'.repeat(100_000),
    '\n'.repeat(200_000),
    'aA'.repeat(20) + '\n'.repeat(200_000),
    '\\n'.repeat(200_000),
    `${'aA'.repeat(20)}=${' '.repeat(200_000)}`,
    `${'aA'.repeat(20)}||${'1'.repeat(200_000)}x`,
    `${'aA'.repeat(20)}||2${' '.repeat(200_000)}x`,
  ])('a very long text, at once', text => {
    expect(isCiphertext(`${text}||1 ||`)).toBe(false)
    expect(maskCiphertext(`${text}||1 ||`)).toBe(`${text}||1 ||`)
  })
})

const encrypted = `${ENCRYPTED}||4||1||64`

describe('what is encrypted is handed out nowhere', () => {
  test.each<readonly [string, object, string]>([
    ['a text', { msgtype: 'text', text: { content: encrypted } }, ''],
    ['a text in content', { msgtype: 'text', content: encrypted }, ''],
    [
      'a node of a rich text',
      { msgtype: 'richText', content: { richText: [{ text: '看' }, { text: encrypted }] } },
      '看',
    ],
    ['markdown', { msgtype: 'markdown', content: { title: 't', text: encrypted } }, ''],
    ['a transcript', { msgtype: 'audio', content: { recognition: encrypted } }, ''],
    [
      'an item of a forwarded chat',
      { msgtype: 'chatRecord', content: { chatRecord: [{ msgType: 'text', content: encrypted }] } },
      '[text]',
    ],
    ['a line of a summary', { msgtype: 'chatRecord', content: { summary: [`张三:${encrypted}`] } }, '张三:[encrypted]'],
    [
      'a summary as text',
      { msgtype: 'chatRecord', content: JSON.stringify({ summary: `张三:${encrypted}\n李四:好` }) },
      '张三:[encrypted]\n李四:好',
    ],
    [
      'a run of a card',
      { msgtype: 'interactiveCard', content: { cardContent: [{ elementType: 'TEXT', value: encrypted }] } },
      '',
    ],
    ['a type of tomorrow', { msgtype: 'hologram', content: { text: encrypted } }, ''],
  ])('%s', (_, payload, text) => {
    const message = parseMessage(payload)
    expect(textOfMessage(message)).toBe(text)
    expect(textsOf(message).join('')).not.toContain('||')
    expect(markdownOfMessage(message)).not.toContain('||')
    expect(JSON.stringify(message)).not.toContain(ENCRYPTED.slice(0, 20))
  })

  test('not even where a message is printed', () => {
    const message = parseMessage({ msgtype: 'text', text: { content: encrypted } })
    expect(inspect(message)).not.toContain(ENCRYPTED.slice(0, 20))
    expect(message).toMatchObject({ text: { content: '', isEncrypted: true } })
  })

  test('a quote says that it is there, and cannot be read', () => {
    for (const name of ['B25 quoted text is ciphertext', 'B25 ciphertext, enterprise encryption']) {
      const quoted = quotedOf(parseMessage(evidenceNamed('inbound', name).data))
      expect(quoted?.isReadable).toBe(false)
      expect(quoted?.text).toBeUndefined()
      expect(JSON.stringify(quoted)).not.toContain('||')
      expect(inspect(quoted)).not.toContain('||')
    }
  })

  test.each([
    ['a part of a text', ['看 ', ENCRYPTED, '||4||1||64'], '看'],
    ['behind a mention', ['@张三 ', ENCRYPTED.slice(0, 30), `${ENCRYPTED.slice(30)}||4||1||64`], '@张三'],
  ])('in nodes, %s', (_, texts, readable) => {
    const content = { richText: texts.map(text => ({ text })) }
    const quoted = quotedOf(parseMessage({ msgtype: 'text', text: { repliedMsg: { msgType: 'richText', content } } }))
    expect(quoted?.text).toBe(readable)
    expect(quoted?.isReadable).toBe(false)
  })

  test.each<readonly [string, object, string | undefined]>([
    ['whole', { summary: encrypted }, undefined],
    ['in a list', { summary: JSON.stringify([encrypted]), title: 't' }, undefined],
    ['with blanks before the numbers', { summary: `${ENCRYPTED} ||4||1||64` }, undefined],
    ['in part', { summary: `张三:${encrypted}\n李四:好` }, '张三:[encrypted]\n李四:好'],
    ['in an item', { chatRecord: [{ msgType: 'text', content: encrypted }] }, '[text]'],
  ])('a quoted record says that it cannot be read: %s', (_, content, text) => {
    for (const msgType of ['chatRecord', 'text']) {
      const quoted = quotedOf(parseMessage({ msgtype: 'text', text: { repliedMsg: { msgType, content } } }))
      expect(quoted?.msgtype).toBe('chatRecord')
      expect(quoted?.isReadable).toBe(false)
      expect(quoted?.text).toBe(text)
    }
  })

  test('who writes that something is encrypted can be read', () => {
    const content = { summary: '张三:[encrypted]' }
    const quoted = quotedOf(parseMessage({ msgtype: 'text', text: { repliedMsg: { msgType: 'chatRecord', content } } }))
    expect(quoted?.isReadable).toBe(true)
  })

  test('a rich text quote of which a part is encrypted has the rest', () => {
    const richText = [
      { msgType: 'text', content: '看' },
      { msgType: 'text', content: encrypted },
    ]
    const quoted = quotedOf(
      parseMessage({
        msgtype: 'text',
        text: { content: 'x', repliedMsg: { msgType: 'richText', content: { richText } } },
      }),
    )
    expect(quoted?.text).toBe('看')
    expect(quoted?.isReadable).toBe(false)
  })
})
