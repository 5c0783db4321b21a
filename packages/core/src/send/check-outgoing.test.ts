import { expect, test } from 'vitest'
import { useSimulator } from '../../fixtures/simulated-bot.ts'
import type { Context } from '../context/context.ts'

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

test('a reply may hold nothing but a mention', async () => {
  expect(await outcomeOf(ctx => ctx.replyText('', { at: ['u'] }))).toMatchObject({ error: undefined })
})

test('a reply with a mention of nobody is an empty one', async () => {
  expect(await outcomeOf(ctx => ctx.replyText('', { at: [' '] }))).toMatchObject({
    error: { code: 'ERR_EMPTY_MESSAGE' },
  })
})
