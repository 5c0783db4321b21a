import {
  ApiError,
  type Bot,
  type BotOptions,
  type Context,
  createBot,
  createUpdate,
  DingTalkError,
  TOPICS,
} from '@dingware/core'
import { createSimulator, type Simulator } from '@dingware/simulator'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Card } from '../deliver/card.ts'
import type { MarkdownCardData } from '../kinds/markdown-card.ts'
import { cards } from './cards.ts'
import type { CardsFlavor } from './flavor.ts'

let simulator: Simulator
let bot: Bot<Context & CardsFlavor>
let outcome: Promise<Card<MarkdownCardData>>

beforeEach(async () => {
  simulator = await createSimulator()
  bot = cardBot()
})

afterEach(async () => {
  await bot.stop()
  await simulator.close()
})

/** A bot that answers each message with a card, and keeps how that went. */
function cardBot(options: BotOptions = {}): Bot<Context & CardsFlavor> {
  const { clientId, clientSecret, url } = simulator
  const bot = createBot({ clientId, clientSecret, endpoint: url, oapiEndpoint: url, ...options }).use(cards())
  return bot.on(['chatbot', 'delegate'], async ctx => {
    outcome = ctx.replyMarkdownCard('# 日报', { title: '今天' })
    await outcome.catch(() => {})
  })
}

/** A message that the simulator did not send, from a conversation that it does not know. */
function strayMessage(fields: object): Promise<unknown> {
  return bot.handle(createUpdate(TOPICS.chatbot, { msgId: 'm', msgtype: 'text', text: { content: 'x' }, ...fields }))
}

test('replyMarkdownCard shows a card with the markdown, in the private chat that the message came from', async () => {
  await bot.start()
  const said = await simulator.user('Alice').say('hi')
  const reply = await said.reply()
  const { outTrackId } = await outcome
  expect(reply.content).toMatchObject({ kind: 'card', outTrackId })
  expect(simulator.cards.get(outTrackId)?.variables).toEqual({ markdown: '# 日报', title: '今天' })
})

test('replyMarkdownCard replies into the group that the message came from', async () => {
  await bot.start()
  const team = simulator.group('Team')
  const said = await simulator.user('Alice').in(team).say('hi')
  expect((await said.reply()).conversationId).toBe(team.conversationId)
})

test('each card has an outTrackId of its own', async () => {
  await bot.start()
  const ids: string[] = []
  for (const text of ['one', 'two']) {
    await (await simulator.user('Alice').say(text)).reply()
    ids.push((await outcome).outTrackId)
  }
  expect(new Set(ids).size).toBe(2)
})

test('a card that the platform accepts but does not deliver is an error that says why', async () => {
  await strayMessage({ conversationType: '2', conversationId: 'cid-of-no-group' })
  const error = await outcome.catch((error: unknown) => error)
  expect(error).toMatchObject({
    code: 'ERR_CARD_NOT_DELIVERED',
    message: expect.stringContaining('spaceId is illegal'),
  })
})

test('a sender without a userId gets text instead; without a webhook either, the error says what to do', async () => {
  await strayMessage({ conversationType: '1', conversationId: 'cid' })
  await expect(outcome).rejects.toThrow(/no userId to write to/)
  expect(DingTalkError.isInstance(await outcome.catch((error: unknown) => error))).toBe(true)
})

test('a refusal of the platform is an ApiError with its code', async () => {
  bot = cardBot({ robotCode: '' })
  await strayMessage({ conversationType: '2', conversationId: 'cid' })
  await expect(outcome).rejects.toBeInstanceOf(ApiError)
})

test('where the bot answers for a person, its cards say so', async () => {
  await bot.start()
  const [alice, bob] = [simulator.user('Alice'), simulator.user('Bob')]
  const said = await alice.in(simulator.group('Team')).say('hi', { onBehalfOf: bob })
  await said.reply()
  await outcome
  const body = simulator.calls.find(({ path }) => path.endsWith('createAndDeliver'))?.body
  const extension = { hostingRepliedContext: JSON.stringify({ userId: bob.userId }) }
  expect(body).toMatchObject({ imGroupOpenDeliverModel: { extension } })
})
