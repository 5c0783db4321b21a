import { expectTypeOf, test } from 'vitest'
import { createBot } from '../../bot/bot.ts'
import type { ApiMiddleware } from '../api-call.ts'
import { autoRetry } from './auto-retry.ts'
import { classify, type Failure } from './classify.ts'
import { throttle } from './throttle.ts'

test('autoRetry() and throttle() make steps of the way out', () => {
  expectTypeOf(autoRetry()).toEqualTypeOf<ApiMiddleware>()
  expectTypeOf(throttle({ perSecond: 40 })).toEqualTypeOf<ApiMiddleware>()
  createBot().api.use(autoRetry(), throttle())
  createBot({ autoRetry: false, throttle: { perSecond: 40 } })
  // @ts-expect-error: a rate is a number
  throttle({ perSecond: 'fast' })
  // @ts-expect-error: there is no such option
  autoRetry({ forEver: true })
  // @ts-expect-error: a step of the way out is no middleware of updates
  createBot().use(throttle())
})

test('classify() says what a failure is worth', () => {
  expectTypeOf(classify(new Error('x'), { path: '/v1.0/card/instances' })).toEqualTypeOf<Failure>()
  // @ts-expect-error: the call decides too
  classify(new Error('x'))
})
