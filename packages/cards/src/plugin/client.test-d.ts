import { type ApiError, createBot } from '@dingware/core'
import type { Plugin } from '@dingware/core/plugin'
import { expectTypeOf, test } from 'vitest'
import type { AiCard, StreamResult } from '../ai-card/options.ts'
import type { Card } from '../deliver/card.ts'
import type { CardStats } from '../engine/stats.ts'
import type { MarkdownCardData } from '../kinds/markdown-card.ts'
import type { AiTemplateSettings } from '../template/ai-settings.ts'
import { aiTemplate8aebdfb9, aiTemplate02fcf2f4, aiTemplate382e4302, aiTemplate675cde2f } from '../template/presets.ts'
import { cards } from './cards.ts'
import { cardClient } from './client.ts'
import type { CardsFlavor } from './flavor.ts'

test('cards() is a plugin that counts', () => {
  expectTypeOf(cards()).toExtend<Plugin<CardsFlavor>>()
  expectTypeOf(cards().stats()).toEqualTypeOf<CardStats>()
  cards({ templates: { ai: { id: 'own', variables: { content: 'body', status: false } } }, aiCard: { quota: 'low' } })
  // @ts-expect-error: the template has no such variable
  cards({ templates: { markdown: { variables: { tips: 'tips' } } } })
  // @ts-expect-error: where one card goes is no default
  cards({ aiCard: { at: 'all' } })
})

test('cardClient() sends cards without an update', () => {
  const client = cardClient(createBot().api)
  const sender = client.to({ users: ['manager01'] })
  expectTypeOf(sender.sendMarkdown('x', { at: 'all' })).toEqualTypeOf<Promise<Card<MarkdownCardData>>>()
  expectTypeOf(sender.aiCard()).toEqualTypeOf<AiCard>()
  expectTypeOf(client.card('id').update).toBeFunction()
  // @ts-expect-error: the platform gives no handle for it
  client.card('id').recall()
  // @ts-expect-error: a person, a group or a chat
  client.to({ conversation: 'cid' })
  // @ts-expect-error: it needs the api of a bot
  cardClient()
})

test('stream() takes all that gives pieces', () => {
  const card = cardClient(createBot().api).to({ group: 'cid' }).aiCard()
  const chunk = { choices: [{ delta: { content: 'x' } }] }
  const openai = (async function* () {
    yield chunk
  })()
  expectTypeOf(card.stream(openai, { onReasoning: delta => `> ${delta}` })).toEqualTypeOf<Promise<StreamResult>>()
  card.stream(new ReadableStream<string>())
  card.stream(['a', 'b'], { buttons: [{ text: '好', id: 'ok' }] })
  // @ts-expect-error: an answer as a whole gives no pieces
  card.stream({ text: 'x' })
  // @ts-expect-error: no such colour
  card.finish('x', { buttons: [{ text: 'x', color: 'pink' }] })
})

test('what became of a text is told by its status, and why', async () => {
  const result = await cardClient(createBot().api).to({ group: 'cid' }).aiCard().stream(['x'])
  expectTypeOf(result.status).toEqualTypeOf<'finished' | 'stopped' | 'empty' | 'refused' | 'failed'>()
  expectTypeOf(result.endedBy).toEqualTypeOf<'source' | 'abort' | 'review' | 'stop'>()
  expectTypeOf(result.finishReason).toEqualTypeOf<string | undefined>()
  if (result.status === 'refused') expectTypeOf(result.reason).toEqualTypeOf<ApiError>()
  if (result.status === 'empty')
    expectTypeOf(result.reason).toEqualTypeOf<'length' | 'reasoning' | 'blank' | 'nothing'>()
  if (result.status === 'failed') expectTypeOf(result.endedBy).toEqualTypeOf<'source' | 'stop'>()
  if (result.status === 'stopped') expectTypeOf(result.reason).toBeUnknown()
  // @ts-expect-error: what is shown as it is has no reason
  if (result.status === 'finished') result.reason
  // @ts-expect-error: there is no such status
  if (result.status === 'aborted') return
})

test('AI cards have templates: presets, and those of one’s own', () => {
  const mine: AiTemplateSettings = {
    id: 'mine',
    variables: { content: 'body', status: false },
    buttonsIn: ['inputting', 'finished'],
    stopButton: { id: 'stop', shown: { stops: 'true' }, hidden: { stops: 'false' } },
    deliver: { separately: true },
  }
  for (const ai of [aiTemplate382e4302, aiTemplate02fcf2f4, aiTemplate675cde2f, aiTemplate8aebdfb9, mine]) {
    cards({ templates: { ai } })
    cardClient(createBot().api).to({ group: 'cid' }).aiCard({ template: ai })
  }
  cards({ templates: { ai: { ...aiTemplate02fcf2f4, placeholder: '…' } }, aiCard: { air: 300, emptyText: '…' } })
  // @ts-expect-error: a card has no such state
  cards({ templates: { ai: { buttonsIn: ['executing'] } } })
  // @ts-expect-error: a stop button has variables that hide it
  cards({ templates: { ai: { stopButton: { id: 'stop', shown: {} } } } })
})
