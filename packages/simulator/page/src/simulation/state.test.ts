import { describe, expect, test } from 'vitest'
import type { PageEvent, PageMessage } from '../../../src/page/protocol.ts'
import { apply, nothingYet, type Simulation } from './state.ts'

const lin = { userId: 'u1', nick: '林' }
const chat = { conversationId: 'c1', type: 'private', title: '林', memberIds: ['u1'], bots: ['Bot'] } as const
const group = { conversationId: 'c2', type: 'group', title: '值班', memberIds: ['u1'], bots: ['Bot'] } as const

function message(id: string, conversationId: string, kind: 'user' | 'bot' = 'bot', text = id): PageMessage {
  return { id, conversationId, at: 1, from: { kind, id: kind, nick: kind }, content: { kind: 'text', text } }
}

function snapshot(messages: readonly PageMessage[] = [], older = 0, run = 'run'): PageEvent {
  return { type: 'snapshot', run, users: [lin], conversations: [chat, group], messages, older, connections: 0 }
}

function after(...actions: PageEvent[]): Simulation {
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
})

describe('older messages', () => {
  const older = (messages: readonly PageMessage[]): PageEvent => ({ type: 'older', messages })

  test('come before what is there, each in its conversation', () => {
    const state = after(
      snapshot([message('d', 'c1'), message('z', 'c2')]),
      { type: 'message', message: message('e', 'c1') },
      older([message('b', 'c1'), message('y', 'c2'), message('c', 'c1')]),
      older([message('a', 'c1')]),
    )
    expect(idsOf(state, 'c1')).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(idsOf(state, 'c2')).toEqual(['y', 'z'])
  })

  test('are dropped first when there are too many', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => message(String(index), 'c1'))
    const state = after(snapshot([message('new', 'c1')]), older(many))
    const kept = idsOf(state, 'c1')
    expect(kept?.length).toBe(10_000)
    expect(kept?.[0]).toBe('1')
    expect(kept?.at(-1)).toBe('new')
  })
})

describe('after the line broke', () => {
  const known = [
    snapshot([message('c', 'c1')], 2),
    { type: 'older', messages: [message('a', 'c1'), message('b', 'c1')] },
  ] as const

  test('what was known stays until it has been told again', () => {
    const again = after(...known, snapshot([message('c', 'c1'), message('d', 'c1')], 2))
    expect(idsOf(again, 'c1')).toEqual(['a', 'b', 'c', 'd'])
    const part = apply(again, { type: 'older', messages: [message('b', 'c1', 'bot', 'newer')] })
    expect(part.messages.get('c1')?.map(one => one.content)).toMatchObject(
      ['a', 'newer', 'c', 'd'].map(text => ({ text })),
    )
    const all = apply(part, { type: 'older', messages: [message('a', 'c1')] })
    expect(idsOf(all, 'c1')).toEqual(['a', 'b', 'c', 'd'])
    expect(all.retelling).toBeUndefined()
  })

  test('what is not told again has gone', () => {
    const state = after(...known, snapshot([message('c', 'c1')], 1), { type: 'older', messages: [message('b', 'c1')] })
    expect(idsOf(state, 'c1')).toEqual(['b', 'c'])
    expect(idsOf(after(...known, snapshot([message('c', 'c1')])), 'c1')).toEqual(['c'])
  })

  test('another run of the simulator begins with nothing', () => {
    expect(idsOf(after(...known, snapshot([message('x', 'c1')], 5, 'another run')), 'c1')).toEqual(['x'])
  })
})

describe('a message', () => {
  test('is added at the end of its conversation', () => {
    const state = after(snapshot([message('a', 'c1')]), { type: 'message', message: message('b', 'c1') })
    expect(idsOf(state, 'c1')).toEqual(['a', 'b'])
  })

  test('with a known id takes the place of its older state', () => {
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
  })

  test('may come before its conversation', () => {
    const state = after(snapshot(), { type: 'message', message: message('a', 'c3') })
    expect(idsOf(state, 'c3')).toEqual(['a'])
  })
})

test('what is recalled leaves its place alone, and that it was is counted', () => {
  const state = after(snapshot([message('a', 'c1'), message('b', 'c1')]), {
    type: 'recalled',
    conversationId: 'c1',
    id: 'a',
  })
  expect(state.messages.get('c1')?.map(({ content }) => content.kind)).toEqual(['recalled', 'text'])
  expect(state.recalls).toBe(1)
})

test('each reader is noted once', () => {
  const read = { type: 'read', conversationId: 'c1', userId: 'u1', ids: ['a', 'b'] } as const
  const state = after(snapshot([message('a', 'c1'), message('b', 'c1'), message('c', 'c1')]), read, read)
  expect(state.messages.get('c1')?.map(one => one.readBy)).toEqual([['u1'], ['u1'], undefined])
})

test('reactions are those of the last event', () => {
  const reactions = (...words: string[]) =>
    ({ type: 'reactions', conversationId: 'c1', id: 'a', reactions: words }) as const
  const state = after(snapshot([message('a', 'c1')]), reactions('👍', '🤔'), reactions('👍'))
  expect(state.messages.get('c1')?.[0]?.reactions).toEqual(['👍'])
})

test('the newest 10,000 messages of a conversation are kept', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => message(String(index), 'c1'))
  const state = after(snapshot(many), { type: 'message', message: message('new', 'c1') })
  const kept = idsOf(state, 'c1')
  expect(kept?.length).toBe(10_000)
  expect(kept?.[0]).toBe('1')
  expect(kept?.at(-1)).toBe('new')
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
