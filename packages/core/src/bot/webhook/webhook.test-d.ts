import { expectTypeOf, test } from 'vitest'
import { createComposer } from '../../composer/composer.ts'
import { createBot } from '../bot.ts'
import { type WebhookHandler, webhook } from './webhook.ts'

test('webhook() makes a handler of requests', () => {
  const handler = webhook(createBot(), { maxBody: 1, verify: async () => true })
  expectTypeOf(handler).toEqualTypeOf<WebhookHandler>()
  expectTypeOf(handler(new Request('https://h'))).toEqualTypeOf<Promise<Response>>()
  webhook(createBot(), { encryption: { token: 't', aesKey: '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij' } })
  webhook(createBot(), { token: 't' })
  // @ts-expect-error: without a key nothing can be decrypted
  const half = () => webhook(createBot(), { encryption: { token: 't' } })
  expectTypeOf(half).toBeFunction()
  // @ts-expect-error: a composer is no bot
  webhook(createComposer())
  // @ts-expect-error: a check says yes or no
  webhook(createBot(), { verify: () => 'yes' })
})
