import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { defineAction } from './action.ts'
import { readWireId, wireButtons } from './wire.ts'

const Anything = v.unknown()

describe('the ids of buttons', () => {
  test('are each its own, and others each time', () => {
    const approve = defineAction('approve', Anything)
    const buttons = [approve.button('一', 1), approve.button('二', 2)]
    const first = wireButtons(buttons)
    expect(first.ids.map(id => readWireId(id))).toEqual([
      { actionId: 'approve', isKept: true },
      { actionId: 'approve', isKept: true },
    ])
    expect(Object.keys(first.data)).toEqual(first.ids)
    expect(Object.values(first.data)).toEqual([1, 2])
    expect(wireButtons(buttons).ids).not.toEqual(first.ids)
    // Of one batch.
    expect(first.ids.map(id => id.slice(0, -1))).toEqual(Array(2).fill(first.ids[0]?.slice(0, -1)))
  })

  test('hold their data up to 64 characters, and not one more', () => {
    const open = defineAction('open', Anything, { keep: 'id' })
    // 42 letters in quotes are 44 bytes: 59 characters of base64, 64 with the id and the sign.
    const [fits] = wireButtons([open.button('短', 'x'.repeat(42))]).ids
    expect(fits).toHaveLength(64)
    expect(readWireId(String(fits))).toEqual({ actionId: 'open', isKept: false, packed: { data: 'x'.repeat(42) } })
    const long = wireButtons([open.button('长', 'x'.repeat(43))])
    expect(long.data).toEqual({ [String(long.ids[0])]: 'x'.repeat(43) })
  })

  test('hold nothing where there is no data', () => {
    const open = defineAction('open', v.undefined(), { keep: 'id' })
    const { ids, data } = wireButtons([open.button('开', undefined)])
    expect(ids).toEqual(['open!'])
    expect(data).toEqual({})
    expect(readWireId('open!')).toEqual({ actionId: 'open', isKept: false, packed: { data: undefined } })
  })

  test('are read whole or not at all', () => {
    for (const id of [
      'open',
      'a b~x',
      '~abc',
      '!abc',
      'open~',
      'open~A',
      'open~a b',
      'open!a b',
      'a~b~c',
      'x open!W10',
      '',
    ]) {
      expect(readWireId(id)).toEqual({ actionId: id, isKept: false })
    }
  })
})

test('a card lasts as long as its longest button, where one says so', () => {
  const brief = defineAction('brief', Anything, { ttlMs: 1_000 }).button('短', 1)
  const long = defineAction('long', Anything, { ttlMs: 2_000 }).button('长', 1)
  const other = defineAction('other', Anything).button('别', 1)
  expect(wireButtons([brief, other, long]).ttlMs).toBe(2_000)
  expect(wireButtons([other]).ttlMs).toBeUndefined()
  expect(wireButtons([]).ttlMs).toBeUndefined()
})
