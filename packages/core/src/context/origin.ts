import type { CardCallback } from '../callback/callback.ts'
import type { Message } from '../message/message.ts'
import type { Chat, From } from './context.ts'

interface Origin {
  readonly message?: Message | undefined
  readonly callback?: CardCallback | undefined
}

/** Where an update came from: the conversation of a message, the space of a clicked card. */
export function chatOf({ message, callback }: Origin): Chat | undefined {
  if (message) {
    const { conversationId: id, conversationType, conversationTitle: title } = message
    return { id, type: conversationType === '2' ? 'group' : 'private', title }
  }
  if (callback?.spaceId === undefined) return undefined
  return { id: callback.spaceId, type: callback.spaceType === 'IM_GROUP' ? 'group' : 'private' }
}

/** Who sent a message, or clicked. */
export function fromOf({ message, callback }: Origin): From | undefined {
  if (message) {
    const { senderId: id, senderStaffId: staffId, senderUnionId: unionId, senderNick: nick } = message
    return { id, staffId, unionId, nick, corpId: message.senderCorpId, isAdmin: message.isAdmin }
  }
  if (callback?.userId === undefined) return undefined
  return { id: callback.userId, staffId: callback.userId, corpId: callback.corpId }
}
