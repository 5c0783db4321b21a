import { Redis } from 'ioredis'
import { createClient } from 'redis'
import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import type { DeadLetter } from './arrival.ts'
import { inbox } from './inbox.ts'

test('inbox takes clients of ioredis and redis, and nothing else', () => {
  createBot().use(inbox({ redis: new Redis() }))
  createBot().use(inbox({ redis: createClient() }))
  // @ts-expect-error no client
  inbox({ redis: 'redis://localhost' })
  // @ts-expect-error a key of an update, not of a context
  inbox({ key: ctx => ctx.chat?.id })
  expectTypeOf(inbox().deadLetters()).toEqualTypeOf<AsyncIterable<DeadLetter>>()
})
