import { expect, test } from 'vitest'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { arrange } from './arrange.ts'

const minute = 60_000

function at(minutes: number, sender: string, kind: 'user' | 'bot' = 'user'): PageMessage {
  const from = { kind, id: sender, nick: sender }
  return { id: `${minutes}`, conversationId: 'c', at: minutes * minute, from, content: { kind: 'text', text: '' } }
}

const opens = (...messages: PageMessage[]) => arrange(messages).map(row => row.opens)
const timed = (...messages: PageMessage[]) => arrange(messages).map(row => row.timed)

test('a run of one sender bears one name', () => {
  expect(opens(at(0, 'a'), at(1, 'a'), at(2, 'b'), at(3, 'a'))).toEqual([true, false, true, true])
})

test('a user and a bot of the same id are two senders', () => {
  expect(opens(at(0, 'a'), at(1, 'a', 'bot'))).toEqual([true, true])
})

test('the time is said first, and after a pause of more than five minutes, which also ends a run', () => {
  expect(timed(at(0, 'a'), at(5, 'a'), at(10.1, 'a'))).toEqual([true, false, true])
  expect(opens(at(0, 'a'), at(5, 'a'), at(10.1, 'a'))).toEqual([true, false, true])
})
