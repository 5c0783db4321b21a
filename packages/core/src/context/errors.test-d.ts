import { ApiError, DingTalkError, GatewayError, type NetworkError, type TimeoutError } from '@dingware/transport'
import { expectTypeOf, test } from 'vitest'
import { SendError } from '../api/send/send-error.ts'
import { BotError } from './bot-error.ts'
import type { Context } from './context.ts'

declare const error: unknown
declare const ctx: Context

test('errors are told apart by class', () => {
  if (DingTalkError.isInstance(error)) expectTypeOf(error.code).toBeString()
  if (error instanceof ApiError) expectTypeOf(error.requiredScopes).toEqualTypeOf<readonly string[]>()
  if (error instanceof GatewayError) expectTypeOf(error.fatal).toBeBoolean()
  expectTypeOf<TimeoutError>().toExtend<NetworkError>()
  // @ts-expect-error: an unknown error has no code
  error.code
  // @ts-expect-error: an ApiError has a status
  new ApiError('m', { code: 'c' })
})

test('SendError knows who does not have the message', () => {
  if (error instanceof SendError) expectTypeOf(error.missed).toEqualTypeOf<readonly string[]>()
  // @ts-expect-error: it comes from sending, and knows for how many people
  new SendError()
})

test('BotError knows what was being handled', () => {
  expectTypeOf(new BotError(error, ctx).ctx).toEqualTypeOf<Context>()
  expectTypeOf(BotError.of(error, ctx)).toEqualTypeOf<BotError<Context>>()
  // @ts-expect-error: without a context
  new BotError(error)
  // @ts-expect-error: it is read, not set
  new BotError(error, ctx).ctx = ctx
})
