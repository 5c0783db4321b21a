import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { message } from '../../../fixtures/messages.ts'
import { type BotOptions, createBot, createUpdate, TOPICS } from '../../index.ts'

interface Said {
  readonly command: string
  readonly args: string
}

/** What the handler of a command, or of a text, gets of a message. */
async function say(
  text: string,
  names: string | readonly string[] = 'help',
  options: BotOptions = {},
): Promise<Said[]> {
  const said: Said[] = []
  const bot = createBot(options).command(names, ({ command, args }) => void said.push({ command, args }))
  await bot.handle(message({ text }))
  return said
}

const HELP = { command: 'help', args: '' }

describe('a command is understood', () => {
  test.each([
    ['with a full-width slash', '／help'],
    ['in capitals', '/HELP'],
    ['in full-width letters', '／ＨＥＬＰ'],
    ['after a zero-width space', '\u200b/help'],
    ['after a byte order mark', '\ufeff/help'],
    ['after several things that do not show', '\u200b\u3000\u200e\u2060\u00a0\ufeff/help'],
    ['after a Hangul filler and a Braille blank', '\u3164\u2800/help'],
    ['with something that does not show behind the slash', '/\u200bhelp'],
    ['with something that does not show within it', '/he\u200dlp'],
    ['with something that does not show after it', '/help\u200b'],
  ])('%s', async (_how, text) => {
    expect(await say(text)).toEqual([HELP])
  })

  test.each([
    ['a full-width blank', '/help\u3000me  now'],
    ['a no-break space', '/help\u00a0me  now'],
    ['a zero-width space', '/help\u200bme  now'],
    ['a line', '/help\nme  now \u200b'],
    ['a tab and a Hangul filler', '/help\t\u3164me  now\u3000'],
  ])('whose arguments come after %s', async (_how, text) => {
    expect(await say(text)).toEqual([{ command: 'help', args: 'me  now' }])
  })

  test('however it is typed', async () => {
    const blank = fc.constantFrom('', ' ', '\u3000', '\u00a0', '\u200b', '\ufeff', '\u2060')
    const blanks = fc.array(blank, { maxLength: 4 }).map(list => list.join(''))
    const letter = (small: string): fc.Arbitrary<string> => {
      const full = String.fromCharCode(small.charCodeAt(0) + 0xfee0)
      return fc.constantFrom(small, small.toUpperCase(), full)
    }
    const name = fc.tuple(...[...'help'].map(letter)).map(letters => letters.join(''))
    const slash = fc.constantFrom('/', '／')
    await fc.assert(
      fc.asyncProperty(blanks, slash, name, blanks, async (before, sign, written, after) => {
        expect(await say(`${before}${sign}${written} ${after}a b${after}`)).toEqual([{ command: 'help', args: 'a b' }])
      }),
    )
  })

  test('by the name that it was given', async () => {
    expect(await say('/ON', ['on', 'off'])).toEqual([{ command: 'on', args: '' }])
    expect(await say('/帮助', '帮助')).toEqual([{ command: '帮助', args: '' }])
    expect(await say('/help', 'Help')).toEqual([{ command: 'Help', args: '' }])
    expect(await say('/help', ['Help', 'help'])).toEqual([{ command: 'help', args: '' }])
    expect(await say('/Help', ['help', 'Help'])).toEqual([{ command: 'Help', args: '' }])
  })

  test('after a mention in a group also without a sign', async () => {
    const seen: string[] = []
    const bot = createBot().command('help', ctx => void seen.push(ctx.args))
    const inGroup = { conversationType: '2', isInAtList: true, atUsers: [{ dingtalkId: 'bot' }], chatbotUserId: 'bot' }
    await bot.handle(message({ ...inGroup, text: ' \u200bHELP\u3000me' }))
    expect(seen).toEqual(['me'])
    // Words that people say to each other.
    await bot.handle(message({ conversationType: '2', isInAtList: false, text: 'help you' }))
    expect(seen).toEqual(['me'])
  })

  test('but not in a private chat, whose messages count as mentioning the bot', async () => {
    const said: string[] = []
    const bot = createBot().command('help', ({ command }) => void said.push(command))
    await bot.handle(message({ conversationType: '1', isInAtList: true, text: 'help' }))
    expect(said).toEqual([])
    await bot.handle(message({ conversationType: '1', isInAtList: true, text: '/help' }))
    expect(said).toEqual(['help'])
  })

  test('with marks that do not show on both sides of its name and behind its arguments', async () => {
    expect(await say('/\u200e\u200fhelp a\u2800b \u3164\u2060')).toEqual([{ command: 'help', args: 'a\u2800b' }])
    expect(await say('\u200b\u200e\u200b/\u034f\ufe0fhe\u200d\u200dlp x')).toEqual([{ command: 'help', args: 'x' }])
    expect(await say('/help \n\ta\nb\n')).toEqual([{ command: 'help', args: 'a\nb' }])
  })

  test('also where its name was given with what does not show, or in full width', async () => {
    expect(await say('/help', 'he\u200dlp')).toEqual([{ command: 'he\u200dlp', args: '' }])
    expect(await say('/help', 'ＨＥＬＰ')).toEqual([{ command: 'ＨＥＬＰ', args: '' }])
  })

  test('unless its name is one that nobody could write', () => {
    for (const name of ['', '\u200e', '/help', '／help', 'two words', 'two\u3000words', 'he/lp', 'help ', '\u3164']) {
      expect(() => createBot().command(name, () => {})).toThrow('would never match')
    }
  })
})

describe('no command is seen', () => {
  test.each([
    ['help'],
    ['／'],
    ['/'],
    ['//help'],
    ['/helpme'],
    ['/hel p'],
    ['/ help'],
    ['/\u3000help'],
    ['、help'],
    ['\\help'],
    [''],
    ['\u200b'],
  ])('in %j', async text => {
    expect(await say(text)).toEqual([])
  })

  test('in a very long text, in no time', async () => {
    expect(await say(`/help ${' '.repeat(200_000)}x`)).toHaveLength(1)
    expect(await say(`${'\u200b'.repeat(200_000)}help`)).toEqual([])
  })
})

describe('commandPrefix', () => {
  const options = { commandPrefix: ['/', '、', '!!'] }

  test.each([['、help'], ['､help'], ['/help'], ['／HELP'], ['!!help'], ['！！help'], ['\u200b、help']])(
    'lets %j be a command',
    async text => {
      expect(await say(text, 'help', options)).toEqual([HELP])
    },
  )

  test('takes the slash away where it is not named', async () => {
    expect(await say('/help', 'help', { commandPrefix: ['!'] })).toEqual([])
  })

  test('is the first that fits, and no part of the arguments', async () => {
    expect(await say('!!help', 'help', { commandPrefix: ['!', '!!'] })).toEqual([])
    expect(await say('!!help', 'help', { commandPrefix: ['!!', '!'] })).toEqual([HELP])
    expect(await say('!help me', 'help', { commandPrefix: ['!!', '!'] })).toEqual([{ command: 'help', args: 'me' }])
  })

  test.each([[''], [' '], ['/ '], ['\u3000'], ['\u200b'], ['\u200e'], ['/\u3164']])(
    '%j is refused: every word would be a command',
    prefix => {
      expect(() => createBot({ commandPrefix: [prefix] })).toThrow(TypeError)
    },
  )
})

describe('hears()', () => {
  async function heard(text: string, trigger: string | RegExp): Promise<string[]> {
    const matches: string[] = []
    const bot = createBot().hears(trigger, ctx => void matches.push(ctx.match[0]))
    await bot.handle(message({ text }))
    return matches
  }

  test('hears what comes after something that does not show', async () => {
    expect(await heard('\u200bhello', 'hello')).toEqual(['hello'])
    expect(await heard('\ufeff\u200e 订单 7', /^订单 \d+$/)).toEqual(['订单 7'])
  })

  test('hears by patterns of any flags, each text from its start', async () => {
    const matches: string[] = []
    const bot = createBot().hears([/ORDER (\d)/giy, /^é$/iu], ctx => void matches.push(ctx.match[1] ?? ctx.match[0]))
    for (const text of ['order 1', 'Order 2', 'É', 'order x']) await bot.handle(message({ text }))
    expect(matches).toEqual(['1', '2', 'É'])
  })

  test('hears by the first trigger that matches', async () => {
    const matches: unknown[] = []
    const bot = createBot().hears([/^h(.)/, 'hi', /(.)$/], ctx => void matches.push([...ctx.match]))
    for (const text of ['hi', 'oh']) await bot.handle(message({ text }))
    expect(matches).toEqual([
      ['hi', 'i'],
      ['h', 'h'],
    ])
  })

  test('hears what is written, before what is left of it without its hidden start', async () => {
    const matches: unknown[] = []
    const bot = createBot().hears(/^(\u200b?)hello/, ctx => void matches.push(ctx.match[1]))
    await bot.handle(message({ text: '\u200bhello' }))
    expect(matches).toEqual(['\u200b'])
  })

  test('hears nothing that is no message to the bot', async () => {
    const matches: unknown[] = []
    const bot = createBot().hears(/.*/, ctx => void matches.push(ctx.match))
    bot.command('help', ctx => void matches.push(ctx.command))
    const raw = { msgtype: 'text', text: { content: '/help' } }
    for (const topic of [TOPICS.delegate, TOPICS.card, TOPICS.event]) await bot.handle(createUpdate(topic, raw))
    expect(matches).toEqual([])
  })

  test('is as exact as ever in everything else', async () => {
    expect(await heard('HELLO', 'hello')).toEqual([])
    expect(await heard('hel\u200blo', 'hello')).toEqual([])
    expect(await heard('\u200bhello', '\u200bhello')).toEqual(['\u200bhello'])
  })
})
