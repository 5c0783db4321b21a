import { expect, test } from 'vitest'
import { nameOf } from './name.ts'

const users = new Map([['u1', { userId: 'u1', nick: '小明' }]])
const common = { conversationId: 'c', title: 'Bot', memberIds: ['u1'], bots: ['Bot'] }

test('a private chat is named after its user, a group after its title', () => {
  expect(nameOf({ ...common, type: 'private' }, users)).toBe('小明')
  expect(nameOf({ ...common, type: 'group' }, users)).toBe('Bot')
})

test('without a known user the title is all there is', () => {
  expect(nameOf({ ...common, type: 'private', memberIds: ['u2'] }, users)).toBe('Bot')
  expect(nameOf({ ...common, type: 'private', memberIds: [] }, users)).toBe('Bot')
})
