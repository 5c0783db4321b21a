import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { type BotOptions, createBot } from '../index.ts'

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

  test.each([[''], [' '], ['/ ']])('%j is refused: every word would be a command', prefix => {
    expect(() => createBot({ commandPrefix: [prefix] })).toThrow(TypeError)
  })
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

  test('is as exact as ever in everything else', async () => {
    expect(await heard('HELLO', 'hello')).toEqual([])
    expect(await heard('hel\u200blo', 'hello')).toEqual([])
    expect(await heard('\u200bhello', '\u200bhello')).toEqual(['\u200bhello'])
  })
})
