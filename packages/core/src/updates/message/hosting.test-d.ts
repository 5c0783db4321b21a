import { expectTypeOf, test } from 'vitest'
import { type ConversationMessage, isReadByHosted } from './base.ts'

declare const entry: ConversationMessage

test('isReadByHosted() looks at one message of a hosted conversation', () => {
  expectTypeOf(isReadByHosted(entry)).toBeBoolean()
  // @ts-expect-error: one message, not all of them
  isReadByHosted([entry])
})
