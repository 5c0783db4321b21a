import { createBot, sequentialize } from '@dingware/core'
import { testBot } from '@dingware/core/testing'
import { expect, test } from 'vitest'
import { cards } from '../plugin/cards.ts'
import { CREATE } from '../testing/stage.ts'

const TOTAL = 1_000

interface Created {
  readonly outTrackId: string
  readonly cardData: { readonly cardParamMap: Readonly<Record<string, string>> }
}

test('1,000 open confirms with concurrency 1 and sequentialize(): every click arrives, each at its question', async () => {
  const results = new Map<string, boolean>()
  const bot = createBot({ concurrency: 1 }).use(sequentialize()).use(cards())
  bot.on('chatbot', async ctx => {
    const answer = await ctx.confirm(ctx.text)
    results.set(ctx.text, Boolean(answer))
  })
  const { user, mock } = testBot(bot)
  const created = new Map<string, Created>()
  mock(CREATE, call => {
    const body = call.body as Created
    created.set(body.cardData.cardParamMap.markdown ?? '', body)
    return { success: true, result: { deliverResults: [{ spaceType: 'IM_ROBOT', success: true, carrierId: 'c' }] } }
  })
  const alice = user('Alice')
  const questions = Array.from({ length: TOTAL }, (_, i) => `问题 ${i}`)
  const asked = questions.map(text => alice.say(text))
  while (created.size < TOTAL || bot.stats().running > 0) await new Promise(resolve => setImmediate(resolve))
  const answers = questions.toReversed().map((text, i) => {
    const { outTrackId, cardData } = created.get(text) ?? { outTrackId: '', cardData: { cardParamMap: {} } }
    const { msgButtons } = JSON.parse(cardData.cardParamMap.sys_full_json_obj ?? '{}')
    return alice.click(outTrackId, msgButtons[i % 2].id)
  })
  for (const { answer } of await Promise.all(answers)) {
    expect(answer.data).toMatchObject({ response: { cardData: { cardParamMap: { tips: '' } } } })
  }
  await Promise.all(asked)
  expect(results.size).toBe(TOTAL)
  expect([...results.values()].filter(Boolean)).toHaveLength(TOTAL / 2)
  for (const [i, text] of questions.toReversed().entries()) expect(results.get(text)).toBe(i % 2 === 0)
  await bot.stop()
})
