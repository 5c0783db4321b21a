import type { Chat, From } from '../context/context.ts'
import type { CardCallback } from './callback/callback.ts'
import type { KnownCard } from './callback/known-card.ts'
import { placeOf } from './callback/space.ts'
import type { Message } from './message/message.ts'

interface Origin {
  readonly message?: Message | undefined
  readonly callback?: CardCallback | undefined
  /** Facts kept about the clicked card. */
  readonly card?: KnownCard | undefined
}

const UNION_ID = 2

/**
 * Conversation of an update: that of a message; for a click the one that its card went to, else the one that the click
 * names.
 */
export function chatOf({ message, callback, card }: Origin): Chat | undefined {
  if (message) {
    const { conversationId: id, conversationType, conversationTitle: title } = message
    return { id, type: conversationType === '2' ? 'group' : 'private', title }
  }
  if (!callback) return undefined
  const place = card?.place ?? placeOf(callback)
  if (!place) return undefined
  // A private chat is identified by the person, unless a message has told its conversation.
  const id = place.id ?? callback.userId
  return id === '' ? undefined : { id, type: place.type }
}

/** Sender of a message, or the person who clicked. */
export function fromOf({ message, callback, card }: Origin): From | undefined {
  if (message) {
    const { senderId: id, senderStaffId: staffId, senderUnionId: unionId, senderNick: nick } = message
    return { id, staffId, unionId, nick, corpId: message.senderCorpId, isAdmin: message.isAdmin }
  }
  if (!callback?.userId) return undefined
  const { userId: id, userIdType, corpId } = callback
  if (userIdType !== UNION_ID) return { id, staffId: id, corpId }
  // The bot knows the owner of a card by both ids.
  return { id, staffId: id === card?.owner ? card.ownerUserId : undefined, unionId: id, corpId }
}
