import { type Context, createBot } from '@dingware/core'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import type { Card } from '../deliver/card.ts'
import { cards } from '../plugin/cards.ts'
import type { CardsFlavor } from '../plugin/flavor.ts'
import { type CardTemplate, defineCard } from './define-card.ts'

const Leave = v.object({ title: v.string(), days: v.optional(v.number(), 1) })
const leave = defineCard('leave', Leave)
type LeaveData = v.InferInput<typeof Leave>

test('defineCard() types the data of a template, which is what goes into its schema', () => {
  expectTypeOf(leave).toEqualTypeOf<CardTemplate<LeaveData>>()
  // @ts-expect-error: data are an object
  defineCard('leave', v.string())
  // @ts-expect-error: a template has a schema
  defineCard('leave')
})

test('replyCard() takes that data, and its card a part of it', async () => {
  createBot()
    .use(cards())
    .on('chatbot', async ctx => {
      const card = await ctx.replyCard(leave, { title: '请假' })
      expectTypeOf(card).toEqualTypeOf<Card<LeaveData>>()
      await card.update({ days: 2 })
      // @ts-expect-error: there is no such variable
      await card.update({ weeks: 2 })
      // @ts-expect-error: the title is missing
      await ctx.replyCard(leave, { days: 3 })
      // @ts-expect-error: days are a number
      await ctx.replyCard(leave, { title: '请假', days: 'three' })
    })
})

test('without the plugin there are no cards', () => {
  expectTypeOf<Context & CardsFlavor>().toHaveProperty('aiCard')
  // @ts-expect-error: cards() is not used
  createBot().on('chatbot', ctx => ctx.replyCard(leave, { title: '请假' }))
})
