import { type Context, createBot } from '@dingware/core'
import { testBot } from '@dingware/core/testing'
import fc from 'fast-check'
import { test } from 'vitest'
import { cardClient } from '../client/client.ts'
import { cards } from '../plugin/cards.ts'
import type { CardsFlavor } from '../plugin/flavor.ts'
import { isRecord } from '../variables/variables.ts'
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
    await ctx.replyMarkdownButtonCard('x', [{ text: '好', id: 'ok' }], { extra: raw })
    await ctx.api.call({ method: 'PUT', path: '/v1.0/card/instances', body: { outTrackId: 'card', ...raw } })
  })
  bot.action('ok', async ctx => {
    await ctx.card.update(values, { privateData: { u: values } })
    ctx.respond({ card: values, private: values })
    ctx.respond({ ...raw, userPrivateData: { cardParamMap: values } })
  })
  const alice = kit.user('Alice').in('Team')
  await alice.say('hi')
  const card = kit.replies.find(reply => reply.msgtype === 'card' && reply.buttons.length > 0)
  const { answer } = await alice.click(card?.msgtype === 'card' ? card : await kit.card(), '好')
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
