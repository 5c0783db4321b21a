import { expect, test } from 'vitest'
import type { PageConversation } from '../../../src/page/protocol.ts'
import { conversationOf, linkTo, selectConversation } from './route.ts'

test.each(['cidF/9VtqIjoabFCBqAOX0W3HqsFQYa==', 'a b#c?d%e', '群'])('the address of %s leads back to it', id => {
  expect(conversationOf(linkTo(id))).toBe(id)
})

test.each(['', '#', '#/other/x', '#/chat/%E7'])('%j leads nowhere', hash => {
  expect(conversationOf(hash)).toBeUndefined()
})

test('without a wanted conversation the first private chat is open, else the first group', () => {
  const group: PageConversation = { conversationId: 'g', type: 'group', title: 'g', memberIds: [], bots: [] }
  const chat: PageConversation = { conversationId: 'p', type: 'private', title: 'p', memberIds: [], bots: [] }
  const both = new Map([group, chat].map(one => [one.conversationId, one]))
  expect(selectConversation(both, undefined)).toBe(chat)
  expect(selectConversation(both, 'gone')).toBe(chat)
  expect(selectConversation(both, 'g')).toBe(group)
  expect(selectConversation(new Map([['g', group]]), undefined)).toBe(group)
  expect(selectConversation(new Map(), undefined)).toBeUndefined()
})
