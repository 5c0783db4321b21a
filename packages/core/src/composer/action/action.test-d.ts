import * as v from 'valibot'
import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import { memoryStore } from '../../store/memory-store.ts'
import { keepCardEntry, readCardEntry } from '../../updates/callback/card-entry.ts'
import { toVariables, wellFormed } from '../../updates/callback/card-variables.ts'
import { formValuesOf } from '../../updates/callback/form.ts'
import { type ActionButton, defineAction, isActionButton, isAllowed } from './action.ts'
import { problemsOf } from './standard-schema.ts'
import { wireButtons } from './wire.ts'

const approve = defineAction('approve', v.object({ days: v.pipe(v.string(), v.transform(Number)) }))

test('defineAction(): the input goes into buttons, the output comes out in ctx.data', () => {
  expectTypeOf(approve.button('同意', { days: '3' }, { color: 'blue' })).toEqualTypeOf<ActionButton>()
  createBot().action(approve, ctx => {
    expectTypeOf(ctx.data.days).toBeNumber()
    expectTypeOf(ctx.callback.userId).toBeString()
    ctx.respond({ card: { done: true }, private: { voted: 1 } })
    // @ts-expect-error: there is no such field
    ctx.data.hours
  })
  // @ts-expect-error: days are missing
  approve.button('同意', {})
  // @ts-expect-error: there is no such colour
  approve.button('同意', { days: '3' }, { color: 'pink' })
  // @ts-expect-error: a schema is no example
  defineAction('approve', { days: 3 })
  // @ts-expect-error: a button's data is the action's, other clicks have none
  createBot().action('approve', ctx => ctx.data)
})

test('what plugins build buttons with', async () => {
  expectTypeOf(wireButtons([approve.button('同意', { days: '3' })]).ids).toEqualTypeOf<readonly string[]>()
  // @ts-expect-error: a button of no action
  wireButtons([{ text: '同意' }])
  // @ts-expect-error: an entry has no such field
  await keepCardEntry(memoryStore(), 'card', { who: 'alice' })
  // @ts-expect-error: which card?
  await readCardEntry(memoryStore())
  // @ts-expect-error: variables have names
  toVariables('text')
  expectTypeOf(wellFormed('text')).toEqualTypeOf<string>()
  // @ts-expect-error: it takes a text
  wellFormed(1)
  // @ts-expect-error: a form is an object
  formValuesOf('text')
  // @ts-expect-error: issues are a list
  problemsOf('wrong')
  // @ts-expect-error: a button is an object
  isActionButton('text')
  // @ts-expect-error: there is no such group of people
  createBot().on('card', ctx => isAllowed(ctx, 'friends'))
})
