import { type ApiCall, createBot } from '@dingware/core'
import { testBot } from '@dingware/core/testing'

/** An api whose calls are all answered by a function, without network and without retries. */
export function createApiStub(answer: (call: ApiCall) => Promise<unknown>): ReturnType<typeof createBot>['api'] {
  const bot = createBot({ autoRetry: false, throttle: false })
  testBot(bot).mock(/./, answer)
  return bot.api
}
