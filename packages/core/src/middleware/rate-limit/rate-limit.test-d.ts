import { expectTypeOf, test } from 'vitest'
import type { Middleware } from '../../composer/compose/compose.ts'
import type { Context } from '../../context/context.ts'
import { rateLimit } from './rate-limit.ts'

test('rateLimit() makes middleware', () => {
  expectTypeOf(rateLimit()).toEqualTypeOf<Middleware<Context>>()
  rateLimit({ limit: 1, window: 1, key: ctx => ctx.from?.id, onLimited: ctx => ctx.replyText('slowly') })
  // @ts-expect-error: a key is a text
  rateLimit({ key: () => 7 })
  // @ts-expect-error: a limit is a number
  rateLimit({ limit: '5' })
})
