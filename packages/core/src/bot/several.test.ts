import { createSimulator } from '@dingware/simulator'
import { expect, onTestFinished, test } from 'vitest'
import { message } from '../../fixtures/messages.ts'
import { turn } from '../../fixtures/turn.ts'
import { conversations } from '../middleware/conversation/conversations.ts'
import { rateLimit } from '../middleware/rate-limit/rate-limit.ts'
import { session } from '../middleware/session/session.ts'
import { memoryStore } from '../store/memory-store.ts'
import { createBot } from './bot.ts'

const clientIds = ['ding-one', 'ding-other'] as const

test('bots in one process have access tokens of their own, also in a store that they share', async () => {
  const shared = memoryStore()
  const sims = await Promise.all(clientIds.map(clientId => createSimulator({ clientId })))
  onTestFinished(async () => void (await Promise.all(sims.map(sim => sim.close()))))
  const tokensOf = (): Promise<string[]> =>
    Promise.all(
      sims.map(({ clientId, clientSecret, url }) =>
        createBot({ clientId, clientSecret, endpoint: url, store: shared }).api.accessToken(),
      ),
    )
  const tokens = await tokensOf()
  expect(new Set(tokens).size).toBe(sims.length)
  // Bots that come later get each their own out of the store, without asking the platform.
  expect(await tokensOf()).toEqual(tokens)
  for (const sim of sims) expect(sim.calls.filter(({ path }) => path.endsWith('/accessToken'))).toHaveLength(1)
})

test('bots in one process share neither sessions, waits, limits nor what they have seen, also with one store', async () => {
  const shared = memoryStore()
  const events: string[] = []
  const sessions = session({ initial: () => ({ n: 0 }) })
  const talks = conversations()
  const limit = rateLimit({ limit: 4 })
  const bots = clientIds.map(clientId => {
    const bot = createBot({ clientId, store: shared }).use(limit).use(sessions).use(talks)
    bot.hears('ask', async ctx => {
      ctx.session.n++
      events.push(`${clientId} answered ${(await ctx.waitFor('chatbot')).text}`)
    })
    return bot.use(ctx => void events.push(`${clientId} heard ${ctx.text} ${++ctx.session.n}`))
  })
  const [one, other] = bots
  if (!one || !other) throw new Error('two bots were made')
  // The same person in the same group: a message to several bots has one msgId.
  const asked = one.handle(message({ msgId: 'm1', text: 'ask' }))
  await turn()
  await other.handle(message({ msgId: 'm1', text: 'no answer' }))
  await other.handle(message({ msgId: 'm1', text: 'seen already' }))
  await one.handle(message({ msgId: 'm2', text: 'yes' }))
  await asked
  for (const text of ['2', '3', '4', '5']) {
    await one.handle(message({ text }))
    await other.handle(message({ text }))
  }
  expect(events).toEqual([
    'ding-other heard no answer 1',
    'ding-one answered yes',
    'ding-one heard 2 2',
    'ding-other heard 2 2',
    'ding-one heard 3 3',
    'ding-other heard 3 3',
    'ding-one heard 4 4',
    'ding-other heard 4 4',
  ])
})
