import { expectTypeOf, test } from 'vitest'
import { createBot } from '../bot/bot.ts'
import { createComposer } from '../composer/composer.ts'
import { type WebhookHandler, webhook } from './webhook.ts'

test('webhook() makes a handler of requests', () => {
  const handler = webhook(createBot(), { maxBody: 1, verify: async () => true })
  expectTypeOf(handler).toEqualTypeOf<WebhookHandler>()
  expectTypeOf(handler(new Request('https://h'))).toEqualTypeOf<Promise<Response>>()
  // @ts-expect-error: a composer is no bot
  webhook(createComposer())
  // @ts-expect-error: a check says yes or no
  webhook(createBot(), { verify: () => 'yes' })
})
