import { createBot, defineAction } from '@dingware/core'
import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { carouselAction } from '../kinds/carousel-action.ts'
import { cards } from '../plugin/cards.ts'

const bot = createBot().use(cards())

test('confirm() is truthy with who confirmed', () => {
  bot.on('chatbot', async ctx => {
    const answer = await ctx.confirm('?')
    // @ts-expect-error: perhaps nobody did
    answer.by
    if (answer) expectTypeOf(answer.by.userId).toBeString()
  })
})

test('choose() is typed by its options', () => {
  bot.on('chatbot', async ctx => {
    const choice = await ctx.choose('?', ['a', { label: 'b', value: 2 }])
    expectTypeOf(choice?.value).toEqualTypeOf<'a' | 2 | undefined>()
    // @ts-expect-error: an option has a label
    await ctx.choose('?', [{ value: 1 }])
  })
})

test('form() gives what the schema gives', () => {
  bot.on('chatbot', async ctx => {
    const card = { template: 't', title: 'x', fields: [{ name: 'days', label: '天数', type: 'number' }] } as const
    const filled = await ctx.form(card, v.object({ days: v.pipe(v.string(), v.toNumber()) }))
    if (filled) expectTypeOf(filled.data.days).toBeNumber()
    // @ts-expect-error: there is no such kind of field
    await ctx.form({ ...card, fields: [{ name: 'x', label: 'x', type: 'colour' }] }, v.object({}))
  })
})

test('the clicked card, and actions of cards', () => {
  bot.action(carouselAction(), ctx => expectTypeOf(ctx.data.index).toEqualTypeOf<number | undefined>())
  // @ts-expect-error: there is no such option
  carouselAction({ who: 'sender' })
  const approve = defineAction('approve', v.object({ id: v.string() }))
  bot.action(approve, ctx => ctx.card.update({ buttons: [approve.button('x', { id: '1' })] }))
  // @ts-expect-error: buttons are a list
  bot.action('x', ctx => ctx.card.update({ buttons: 'x' }))
  // @ts-expect-error: without the plugin there are no questions
  createBot().on('chatbot', ctx => ctx.confirm('?'))
})
