import { expectTypeOf, test } from 'vitest'
import { sleep } from './sleep.ts'

test('sleep() waits, and takes a signal', () => {
  expectTypeOf(sleep(10, new AbortController().signal)).toEqualTypeOf<Promise<void>>()
  // @ts-expect-error: the signal, not its controller
  sleep(10, new AbortController())
})
