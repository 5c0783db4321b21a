import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import type { Context } from '../../context/context.ts'
import { sequentialize } from './sequentialize.ts'

test('sequentialize() adds ctx.skipped', () => {
  createBot()
    .use(sequentialize({ strategy: 'burst', wait: 100 }))
    .use(ctx => expectTypeOf(ctx.skipped).toEqualTypeOf<readonly Context[]>())
  // @ts-expect-error: only with the plugin
  createBot().use(ctx => ctx.skipped)
})

test('a key is one text or several, or none', () => {
  sequentialize({ key: ctx => ctx.chat?.id })
  sequentialize({ key: () => ['a', 'b'] })
  // @ts-expect-error: a key is a text
  sequentialize({ key: () => 7 })
  // @ts-expect-error: there is no such strategy
  sequentialize({ strategy: 'random' })
})

test('a key may come of another plugin, which must then be installed', () => {
  const byUser = sequentialize<Context & { readonly user: string }>({ key: ctx => ctx.user })
  createBot()
    .derive(() => ({ user: 'x' }))
    .use(byUser)
  // @ts-expect-error: nobody says who the user is
  createBot().use(byUser)
})
