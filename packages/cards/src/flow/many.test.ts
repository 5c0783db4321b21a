import { createBot, sequentialize } from '@dingware/core'
import { testBot } from '@dingware/core/testing'
import { expect, test } from 'vitest'
import { cards } from '../plugin/cards.ts'

const TOTAL = 1_000

test('1,000 open confirms with concurrency 1 and sequentialize(): every click arrives, each at its question', async () => {
  const results = new Map<string, boolean>()
  const bot = createBot({ concurrency: 1 }).use(sequentialize()).use(cards())
  bot.on('chatbot', async ctx => {
    const answer = await ctx.confirm(ctx.text)
    results.set(ctx.text, Boolean(answer))
  })
  const { user, replies } = testBot(bot)
  const alice = user('Alice')
  const questions = Array.from({ length: TOTAL }, (_, i) => `问题 ${i}`)
  const asked = questions.map(text => alice.say(text))
  while (replies.length < TOTAL || bot.stats().running > 0) await new Promise(resolve => setImmediate(resolve))
  const questionCards = new Map(replies.map(({ text, outTrackId = '' }) => [text, outTrackId]))
  const answers = questions
    .toReversed()
    .map((text, i) => alice.click(questionCards.get(text) ?? '', ['确认', '取消'][i % 2] ?? ''))
  for (const { answer } of await Promise.all(answers)) {
    expect(answer.data).toMatchObject({ response: { cardData: { cardParamMap: { tips: '' } } } })
  }
  await Promise.all(asked)
  expect(results.size).toBe(TOTAL)
  expect([...results.values()].filter(Boolean)).toHaveLength(TOTAL / 2)
  for (const [i, text] of questions.toReversed().entries()) expect(results.get(text)).toBe(i % 2 === 0)
  await bot.stop()
})
