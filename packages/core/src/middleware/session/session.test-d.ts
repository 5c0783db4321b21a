import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import { session } from './session.ts'

test('session() types ctx.session by what `initial` makes', () => {
  const bot = createBot().use(session({ initial: () => ({ n: 0 }) }))
  bot.on('chatbot:text', ctx => {
    expectTypeOf(ctx.session).toEqualTypeOf<{ n: number }>()
    ctx.session.n++
    ctx.session = { n: 1 }
    ctx.session = undefined
    // @ts-expect-error: there is no such field
    ctx.session.m
    // @ts-expect-error: that is no session
    ctx.session = { n: '1' }
  })
})

test('session({ lazy: true }) makes it a promise', () => {
  const bot = createBot().use(session({ initial: () => ({ n: 0 }), lazy: true }))
  bot.use(async ctx => {
    expectTypeOf(ctx.session).toEqualTypeOf<Promise<{ n: number }>>()
    // @ts-expect-error: it has to be awaited
    ctx.session.n
  })
})

test('session() wants a migration to make a session, and no other conflicts', () => {
  session({ initial: () => ({ n: 0 }), version: 2, migrate: (_old, version) => ({ n: version }) })
  // @ts-expect-error: a migration makes a session
  session({ initial: () => ({ n: 0 }), migrate: () => ({ m: 0 }) })
  // @ts-expect-error: there is no such choice
  session({ initial: () => ({ n: 0 }), onConflict: 'ignore' })
  // @ts-expect-error: a session begins somehow
  session({})
})
