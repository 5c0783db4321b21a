import { expectTypeOf, test } from 'vitest'
import { type CardCallback, callbackOf, readClick } from './callback.ts'

const callback = callbackOf(readClick(null))

test('what a card sends is unknown until somebody checks it', () => {
  expectTypeOf(callback).toEqualTypeOf<CardCallback>()
  expectTypeOf(callback.params.level).toBeUnknown()
  expectTypeOf(callback.form?.name).toBeUnknown()
  expectTypeOf(callback.actions[0]?.index).toEqualTypeOf<number | undefined>()
  // @ts-expect-error: a click has no message
  callback.message
  // @ts-expect-error: callbacks are not to be changed
  callback.userId = ''
})
