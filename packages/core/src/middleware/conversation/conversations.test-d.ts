import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import { session } from '../session/session.ts'
import { conversations } from './conversations.ts'

test('ctx.waitFor() gives the narrowed context of the answer, with what the plugins of the bot add', () => {
  const bot = createBot()
    .use(conversations())
    .use(session({ initial: () => ({ n: 0 }) }))
  bot.command('ask', async ctx => {
    const answer = await ctx.waitFor('chatbot:picture', { from: 'anyone', timeout: 1_000, question: 'Which one?' })
    expectTypeOf(answer.message.msgtype).toEqualTypeOf<'picture'>()
    expectTypeOf(answer.session.n).toBeNumber()
    const either = await ctx.waitFor(['chatbot:text', 'card'], { from: ['user-1'] })
    expectTypeOf(either).toHaveProperty('waitFor')
    // @ts-expect-error: there is no such query
    await ctx.waitFor('chatbot:telepathy')
    // @ts-expect-error: that is nobody
    await ctx.waitFor('chatbot', { from: 'everyone' })
  })
  // @ts-expect-error: without the plugin there is no such helper
  createBot().use(ctx => ctx.waitFor('chatbot'))
  // @ts-expect-error: words are texts
  conversations({ cancel: [/no/] })
})
