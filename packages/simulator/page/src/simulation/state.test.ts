import { describe, expect, test } from 'vitest'
import type { PageEvent, PageMessage } from '../../../src/page/protocol.ts'
import { type Action, apply, nothingYet, type Simulation } from './state.ts'

const lin = { userId: 'u1', nick: '林' }
const chat = { conversationId: 'c1', type: 'private', title: '林', memberIds: ['u1'] } as const
const group = { conversationId: 'c2', type: 'group', title: '值班', memberIds: ['u1'] } as const

function message(id: string, conversationId: string, kind: 'user' | 'bot' = 'bot', text = id): PageMessage {
  return { id, conversationId, at: 1, from: { kind, id: kind, nick: kind }, content: { kind: 'text', text } }
}

function snapshot(messages: readonly PageMessage[] = []): PageEvent {
  return { type: 'snapshot', users: [lin], conversations: [chat, group], messages, connections: 0 }
}

function after(...actions: Action[]): Simulation {
  return actions.reduce(apply, nothingYet)
}

const idsOf = (state: Simulation, conversationId: string) => state.messages.get(conversationId)?.map(one => one.id)

describe('a snapshot', () => {
  test('sorts the messages into their conversations and keeps their order', () => {
    const state = after(snapshot([message('a', 'c1'), message('b', 'c2'), message('c', 'c1')]))
    expect(state.loaded).toBe(true)
    expect(idsOf(state, 'c1')).toEqual(['a', 'c'])
    expect(idsOf(state, 'c2')).toEqual(['b'])
    expect([...state.conversations.keys()]).toEqual(['c1', 'c2'])
  })

  test('replaces what an earlier run of the simulator left', () => {
    const state = after(snapshot([message('a', 'c1')]), { type: 'user', user: { userId: 'u9', nick: 'x' } }, snapshot())
    expect(idsOf(state, 'c1')).toBeUndefined()
    expect([...state.users.keys()]).toEqual(['u1'])
  })

  test('counts nothing as unread, and keeps the count of a conversation that is still there', () => {
    const first = after(snapshot([message('a', 'c1')]))
    expect(first.unread.get('c1')).toBeUndefined()
    const state = after(
      snapshot(),
      { type: 'message', message: message('b', 'c1') },
      { type: 'message', message: message('c', 'c2') },
      snapshot([message('b', 'c1')]),
    )
    expect([...state.unread]).toEqual([['c1', 1]])
  })
})

describe('a message', () => {
  test('is added at the end of its conversation', () => {
    const state = after(snapshot([message('a', 'c1')]), { type: 'message', message: message('b', 'c1') })
    expect(idsOf(state, 'c1')).toEqual(['a', 'b'])
  })

  test('with a known id takes the place of its older state, and is not unread again', () => {
    const state = after(
      snapshot(),
      { type: 'message', message: message('a', 'c1') },
      { type: 'message', message: message('b', 'c1') },
      { type: 'message', message: message('a', 'c1', 'bot', 'newer') },
    )
    expect(state.messages.get('c1')?.map(one => one.content)).toEqual([
      { kind: 'text', text: 'newer' },
      { kind: 'text', text: 'b' },
    ])
    expect(state.unread.get('c1')).toBe(2)
  })

  test('of the user is never unread', () => {
    const state = after(snapshot(), { type: 'message', message: message('a', 'c1', 'user') })
    expect(state.unread.get('c1')).toBeUndefined()
  })

  test('may come before its conversation', () => {
    const state = after(snapshot(), { type: 'message', message: message('a', 'c3') })
    expect(idsOf(state, 'c3')).toEqual(['a'])
  })
})

test('reading a conversation clears its count', () => {
  const state = after(
    snapshot(),
    { type: 'message', message: message('a', 'c1') },
    { type: 'read', conversationId: 'c1' },
  )
  expect(state.unread.get('c1')).toBe(0)
})

test('users, conversations and connections come and change', () => {
  const state = after(
    snapshot(),
    { type: 'user', user: { userId: 'u1', nick: 'Lin' } },
    { type: 'conversation', conversation: { ...chat, title: 'Lin' } },
    { type: 'connections', connections: 2 },
  )
  expect(state.users.get('u1')?.nick).toBe('Lin')
  expect([...state.conversations.values()].map(one => one.title)).toEqual(['Lin', '值班'])
  expect(state.connections).toBe(2)
})

test('no event changes the state it was applied to', () => {
  const before = after(snapshot([message('a', 'c1')]))
  const copy = structuredClone(before)
  apply(before, { type: 'message', message: message('b', 'c1') })
  apply(before, { type: 'message', message: message('a', 'c1', 'bot', 'newer') })
  apply(before, { type: 'connections', connections: 5 })
  expect(before).toEqual(copy)
})
