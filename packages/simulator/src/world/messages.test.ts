import { expect, test } from 'vitest'
import { manualClock } from '../clock/clock.ts'
import { createBus } from '../utils/bus.ts'
import { createMessages } from './messages.ts'
import type { WorldEvent } from './types.ts'

const said = {
  conversationId: 'cid1',
  from: { kind: 'bot', id: 'b', nick: 'Bot' },
  content: { kind: 'text', text: 'one' },
  via: 'card',
  body: {},
} as const

test('a revised message keeps its id and its place, and is told again', () => {
  const bus = createBus<WorldEvent>()
  const told: WorldEvent[] = []
  bus.on(event => told.push(event))
  const log = createMessages(manualClock(1_000), bus)
  const first = log.post(said)
  const second = log.post(said)
  const revised = log.revise(first.id, { kind: 'text', text: 'two' })
  expect(revised).toEqual({ ...first, content: { kind: 'text', text: 'two' } })
  expect(log.messages).toEqual([revised, second])
  expect(told.at(-1)).toEqual({ type: 'message', message: revised })
  expect(first.sequence).toBe(1)
  expect(second.sequence).toBe(2)
  expect(first.at).toBe(1_000)
})

test('what is not kept cannot be revised', () => {
  const log = createMessages(manualClock(), createBus())
  expect(log.revise('nothing', said.content)).toBeUndefined()
})

test('the newest 10,000 are kept', () => {
  const log = createMessages(manualClock(), createBus())
  for (let count = 0; count < 10_001; count += 1) log.post(said)
  expect(log.messages).toHaveLength(10_000)
  expect(log.messages[0]?.sequence).toBe(2)
})
