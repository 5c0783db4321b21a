import { expect, test } from 'vitest'
import { parsePageEvent } from './parse.ts'

test('an event of a known type is read', () => {
  expect(parsePageEvent('{"type":"connections","connections":1}')).toEqual({ type: 'connections', connections: 1 })
})

test.each(['{"type":"weather"}', '{"type":["snapshot"]}', '{}', 'null', '7', '"snapshot"', 'not JSON', ''])(
  '%s is passed over',
  data => {
    expect(parsePageEvent(data)).toBeUndefined()
  },
)
