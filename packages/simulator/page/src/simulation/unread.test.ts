import { expect, test } from 'vitest'
import type { PageMessage } from '../../../src/page/protocol.ts'
import { unreadBy } from './unread.ts'

const message = (id: string, from: string, more: Partial<PageMessage> = {}): PageMessage => ({
  id,
  conversationId: 'c',
  at: 1,
  from: { kind: from === 'bot' ? 'bot' : 'user', id: from, nick: from },
  content: { kind: 'text', text: id },
  ...more,
})

test('what others said, one sees, and has not read, is unread', () => {
  const messages = [
    message('own', 'u1'),
    message('new', 'bot'),
    message('read', 'bot', { readBy: ['u1'] }),
    message('for another', 'bot', { recipients: ['u2'] }),
    message('of another', 'u2'),
  ]
  expect(unreadBy(messages, 'u1')).toBe(2)
  expect(unreadBy(messages, 'u2')).toBe(4)
  expect(unreadBy([], 'u1')).toBe(0)
})
