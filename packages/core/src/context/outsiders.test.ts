import { describe, expect, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { STUB } from '../api/stub.ts'
import { createBot } from '../bot/bot.ts'
import { session } from '../middleware/session/session.ts'
import { memoryStore } from '../store/memory-store.ts'

/** Somebody outside the organisation, or anybody while the app is unpublished: the platform tells no userId, or `''`. */
const outsider = (fields: object = {}) => message({ senderStaffId: '', senderUnionId: '', ...fields })

describe('people without a userId', () => {
  const counting = () => {
    const seen: number[] = []
    const bot = createBot({ store: memoryStore() })
      .use(session({ initial: () => ({ n: 0 }) }))
      .on('chatbot', ctx => {
        seen.push(++ctx.session.n)
      })
      .catch(() => {
        seen.push(-1)
      })
    return { bot, seen }
  }

  test.each(['1', '2'])('never share a session (conversationType %s)', async conversationType => {
    const { bot, seen } = counting()
    const [ann, ben] = ['$ann', '$ben'].map(senderId => ({ senderId, conversationType }))
    for (const fields of [ann, ben, ann]) await bot.handle(outsider(fields))
    expect(seen).toEqual([1, 1, 2])
  })

  test('nor do those of whom nothing is known but their chat with the bot', async () => {
    const { bot, seen } = counting()
    const [ann, ben] = ['cid-ann', 'cid-ben'].map(conversationId => ({
      conversationId,
      senderId: '',
      conversationType: '1',
    }))
    for (const fields of [ann, ben]) await bot.handle(outsider(fields))
    expect(seen).not.toContain(2)
  })

  test('in a group those without any id have no session at all', async () => {
    const { bot, seen } = counting()
    await bot.handle(outsider({ senderId: '', conversationType: '2' }))
    expect(seen).toEqual([-1])
  })

  test('are written to through nothing but the webhook: there is no call for the userId ``', async () => {
    const paths: string[] = []
    const bot = createBot({ robotCode: 'ding1' })
    bot[STUB](call => {
      paths.push(call.path)
      return Promise.resolve({})
    })
    let refused: unknown
    bot.on('chatbot', async ctx => {
      expect(ctx.from?.staffId).toBeUndefined()
      refused = await ctx.replyText('hi').catch((error: unknown) => error)
    })
    await bot.handle(outsider({ conversationType: '1', sessionWebhook: '' }))
    expect(refused).toMatchObject({ code: 'ERR_NO_REPLY_TARGET' })
    expect(paths).toEqual([])
  })
})
