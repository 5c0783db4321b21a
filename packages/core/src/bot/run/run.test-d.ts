import { expectTypeOf, test } from 'vitest'
import { createBot } from '../bot.ts'
import { run } from './run.ts'

test('run() takes what can be started and stopped', () => {
  expectTypeOf(run(createBot(), { timeout: 1 })).toEqualTypeOf<Promise<void>>()
  expectTypeOf(run({ start: async () => {}, stop: async () => {} })).toEqualTypeOf<Promise<void>>()
  // @ts-expect-error: it cannot be stopped
  run({ start: async () => {} })
  // @ts-expect-error: the timeout is an option
  run(createBot(), 1)
})
