import { expect, test } from 'vitest'
import { useSimulator } from '../../../fixtures/simulated-bot.ts'
import type { Context } from '../../context/context.ts'

const simulated = useSimulator()

/** What became of what a handler says; as from JavaScript. */
async function outcomeOf(say: (ctx: Context) => Promise<unknown>): Promise<{ error: unknown; said: number }> {
  const { sim, newBot } = simulated()
  let error: unknown
  const bot = newBot({ ack: { chatbot: 'late' } }).on('chatbot:text', ctx =>
    say(ctx).catch(thrown => {
      error = thrown
    }),
  )
  await bot.start()
  const { ack } = await sim.user('Alice').say('hi')
  await ack
  return {
    error,
    said: sim.violations.length + sim.calls.filter(({ path }) => /sendBySession|robot/.test(path)).length,
  }
}

const missing = undefined as never
const BUTTON = { title: 'Go', url: 'https://e.example' }

test.each<readonly [name: string, say: (ctx: Context) => Promise<unknown>, problem: string]>([
  ['replyText', ctx => ctx.replyText(''), '`text` of its text is empty'],
  ['reply', ctx => ctx.reply(''), '`text` of its text is empty'],
  ['replyMarkdown', ctx => ctx.replyMarkdown('', 'x'), '`title` of its markdown is empty'],
  ['replyMarkdown', ctx => ctx.replyMarkdown('x', ''), '`text` of its markdown is empty'],
  ['api.send', ctx => ctx.api.send({ users: 'u' }, ''), '`text` of its text is empty'],
])('%s of an empty text is refused before anything is sent', async (_name, say, problem) => {
  const { error, said } = await outcomeOf(say)
  expect(error).toMatchObject({ code: 'ERR_EMPTY_MESSAGE', message: expect.stringContaining(problem) })
  expect(said).toBe(0)
})

test.each<readonly [name: string, say: (ctx: Context) => Promise<unknown>, problem: string]>([
  ['replyText', ctx => ctx.replyText(missing), '`text` of its text is undefined'],
  ['replyMarkdown', ctx => ctx.replyMarkdown('x', missing), '`text` of its markdown is undefined'],
  ['reply', ctx => ctx.reply(missing), 'undefined is none'],
  ['reply', ctx => ctx.reply({ msgtype: 'txt' } as never), 'a message of the type "txt" is none'],
  [
    'api.send',
    ctx => ctx.api.send({ group: 'g' }, { msgtype: 'text', text: missing }),
    '`text` of its text is undefined',
  ],
])('%s of no text is a TypeError before anything is sent', async (_name, say, problem) => {
  const { error, said } = await outcomeOf(say)
  expect(error).toBeInstanceOf(TypeError)
  expect(error).toMatchObject({ message: expect.stringContaining(problem) })
  expect(said).toBe(0)
})

const BLANKS = [' \n\u00a0', '\u200b', '\ufeff\u00ad', '\u2800\u3164', '\u200e\u200d']

test.each<readonly [name: string, say: (ctx: Context, blank: string) => Promise<unknown>]>([
  ['replyText', (ctx, blank) => ctx.replyText(blank)],
  ['a title of replyMarkdown', (ctx, blank) => ctx.replyMarkdown(blank, 'x')],
  ['replyMarkdown', (ctx, blank) => ctx.replyMarkdown('x', blank)],
  ['a link', (ctx, blank) => ctx.reply({ msgtype: 'link', title: 'x', text: blank, messageUrl: 'https://e.example' })],
  ['an action card', (ctx, blank) => ctx.reply({ msgtype: 'actionCard', title: 'x', text: blank, buttons: [BUTTON] })],
  [
    'a button',
    (ctx, blank) =>
      ctx.reply({ msgtype: 'actionCard', title: 'x', text: 'x', buttons: [BUTTON, { ...BUTTON, title: blank }] }),
  ],
  [
    'a link of a feed card',
    (ctx, title) =>
      ctx.reply({
        msgtype: 'feedCard',
        links: [{ title, messageUrl: 'https://e.example', picUrl: 'https://e.example' }],
      }),
  ],
  ['a file name', (ctx, fileName) => ctx.reply({ msgtype: 'file', mediaId: '@lAL1', fileName })],
  ['api.send', (ctx, blank) => ctx.api.send({ group: 'g' }, blank)],
  ['api.send to a webhook', (ctx, blank) => ctx.api.send({ webhook: ctx.message?.sessionWebhook ?? '' }, blank)],
  ['a DING', (ctx, content) => ctx.api.ding({ users: ['u'], content })],
  ['the off-duty prompt', (ctx, blank) => ctx.api.setOffDutyPrompt(blank)],
  ['the answer to a graph call', (ctx, blank) => ctx.replyGraphMarkdown(ctx.message?.sessionWebhook ?? '', blank)],
])('%s in which there is nothing to see is refused before anything is sent', async (_name, say) => {
  const codes: unknown[] = []
  const { said } = await outcomeOf(async ctx => {
    for (const blank of BLANKS) codes.push(await say(ctx, blank).catch(error => error.code))
  })
  expect(codes).toEqual(BLANKS.map(() => 'ERR_EMPTY_MESSAGE'))
  expect(said).toBe(0)
})

test.each(['👨\u200d👩\u200d👧', '❤\ufe0f', '\u200b.'])('%j is sent', async text => {
  expect(await outcomeOf(ctx => ctx.replyText(text))).toMatchObject({ error: undefined, said: 1 })
})

test.each<readonly [name: string, message: object, problem: string]>([
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1' }, '`duration` of its audio is undefined'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: 0 }, 'is 0, but'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: -5 }, 'is -5, but'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: Number.NaN }, 'is NaN, but'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: Number.POSITIVE_INFINITY }, 'is Infinity, but'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: 1e21 }, 'is 1e+21, but'],
  ['an audio', { msgtype: 'audio', mediaId: '@lAL1', duration: '3000' }, 'in milliseconds, more than 0'],
  ['a video', { msgtype: 'video', videoMediaId: '@lAL1', picMediaId: '@lAL2' }, 'in seconds, more than 0'],
  ['an action card', { msgtype: 'actionCard', title: 'x', text: 'x' }, '`buttons` of its actionCard is undefined'],
  ['a feed card', { msgtype: 'feedCard', links: 'x' }, '`links` of its feedCard is'],
  ['a button', { msgtype: 'actionCard', title: 'x', text: 'x', buttons: [null] }, '`buttons[0].title`'],
])('%s without what it needs is a TypeError before anything is sent: %o', async (_name, message, problem) => {
  const { error, said } = await outcomeOf(ctx => ctx.reply(message as never))
  expect(error).toBeInstanceOf(TypeError)
  expect(error).toMatchObject({ message: expect.stringContaining(problem) })
  expect(said).toBe(0)
})

test('a reply may hold nothing but a mention', async () => {
  expect(await outcomeOf(ctx => ctx.replyText('', { at: ['u'] }))).toMatchObject({ error: undefined })
})

test('a reply with a mention of nobody is an empty one', async () => {
  expect(await outcomeOf(ctx => ctx.replyText('', { at: [' '] }))).toMatchObject({
    error: { code: 'ERR_EMPTY_MESSAGE' },
  })
})
