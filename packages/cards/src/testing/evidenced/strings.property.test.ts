import { type Context, createBot } from '@dingware/core'
import { type TestBot, type TestCard, testBot } from '@dingware/core/testing'
import fc from 'fast-check'
import { test } from 'vitest'
import { cards } from '../../plugin/cards.ts'
import { cardClient } from '../../plugin/client.ts'
import type { CardsFlavor } from '../../plugin/flavor.ts'
import { isRecord } from '../../utils/is-record.ts'
import { GROUP, template } from './rows.ts'

/** Every value of every `cardParamMap`, however deep it stands. */
function valuesIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(valuesIn)
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([name, item]) =>
    name === 'cardParamMap' && isRecord(item) ? Object.values(item) : valuesIn(item),
  )
}

const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true })
const data = fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), anything, { maxKeys: 4 })

/** The card that has a button. */
async function cardOf(kit: TestBot): Promise<TestCard> {
  for (;;) {
    const card = await kit.card()
    if (card.buttons.length > 0) return card
  }
}

/** Sends and changes cards in every way that takes data. */
async function sendAll(values: Record<string, unknown>): Promise<readonly unknown[]> {
  const bot = createBot<Context & CardsFlavor>({ robotCode: 'r', throttle: false, autoRetry: false }).use(cards())
  const kit = testBot(bot)
  await using client = cardClient(bot.api)
  const sender = client.to(GROUP)
  const raw = { cardData: { cardParamMap: values }, privateData: { u: { cardParamMap: values } } }
  bot.on('chatbot', async ctx => {
    const card = await sender.send(template('own'), values, { privateData: { u: values } })
    await card.update(values, { privateData: { u: values } })
    await card.update(values, { extra: raw })
    await client.card(card.outTrackId).update(values)
    await ctx.replyMarkdownCard('x', { extra: raw })
    await ctx.replyMarkdownButtonCard('x', [{ text: '好', id: 'ok' }])
    await ctx.api.call({ method: 'PUT', path: '/v1.0/card/instances', body: { outTrackId: 'card', ...raw } })
  })
  let hasRun = false
  bot.action('ok', async ctx => {
    hasRun = true
    await ctx.card.update(values, { privateData: { u: values } })
    ctx.respond({ card: values, private: values })
    ctx.respond({ ...raw, userPrivateData: { cardParamMap: values } })
  })
  const alice = kit.user('Alice').in('Team')
  await alice.say('hi')
  const { answer } = await alice.click(await cardOf(kit), '好')
  if (!hasRun) throw new Error('The click was not handled.')
  return [...kit.calls.map(({ body }) => body), answer]
}

test('no value of a cardParamMap that is sent is anything but text', async () => {
  const isText = async (values: Record<string, unknown>): Promise<void> => {
    for (const value of valuesIn(await sendAll(values))) {
      if (typeof value !== 'string') throw new Error(`not text: ${String(value)}`)
    }
  }
  await fc.assert(fc.asyncProperty(data, isText), { numRuns: 40 })
})
