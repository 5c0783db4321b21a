import { type Context, DingTalkError } from '@dingware/core'
import type { DeliverOptions } from '../template/deliver-options.ts'

/**
 * The address of a card that is sent on the bot's own account: a group, people, or a chat between two people.
 *
 * @example
 * client.to({ users: ['u1', 'u2'] })
 *
 * Ids of groups are openConversationIds (`cid…`), as `ctx.chat.id` has them; those of people are userIds.
 */
export type CardAddress =
  /** A group that the robot is in, by openConversationId. */
  | { readonly group: string }
  /** People, each in their chat with the robot, by userId. */
  | { readonly users: string | readonly string[] }
  /** A chat between two people, by openConversationId. */
  | { readonly privateChat: string }

/** The address of a card, and the robot that it comes from. */
export interface CardTarget {
  readonly robotCode: string
  readonly address: CardAddress
  /** Of a private chat, where a message has told it. */
  readonly conversationId?: string | undefined
}

/**
 * The place that an update came from.
 *
 * @param userIds what user ids of the card stand for: a person is named by one of that kind.
 * @throws DingTalkError where no card can be delivered to.
 */
export function targetOf(ctx: Context, userIds: DeliverOptions['userIds'] = 'userId'): CardTarget {
  const { chat, from, robotCode, message } = ctx
  if (!chat && ctx.callback) {
    throw new DingTalkError(
      'No card can be delivered here: it is not known where the card was clicked, for the bot keeps nothing of it and the click names no conversation, so another one could reach the wrong people. Send to a known place with cardClient(), and give the bot a store that outlives the process.',
      { code: 'ERR_NO_CARD_TARGET' },
    )
  }
  if (chat?.type === 'group') return { robotCode, address: { group: chat.id } }
  const person = userIds === 'unionId' ? from?.unionId : from?.staffId
  if (person) return { robotCode, address: { users: person }, conversationId: message ? chat?.id : undefined }
  if (userIds === 'unionId' && from?.staffId) {
    throw new DingTalkError(
      "No card can be delivered here by unionId: the platform has not told the sender's. Leave `userIds` out, and the userId is used.",
      { code: 'ERR_NO_CARD_TARGET' },
    )
  }
  throw new DingTalkError(
    'No card can be delivered here: the update names no group and no sender with a userId (people outside the organisation have none, and nobody has while the app is unpublished). Reply with text instead.',
    { code: 'ERR_NO_CARD_TARGET' },
  )
}

/** The reason why somebody without a userId gets text in place of a card. */
export function noUserId(): DingTalkError {
  const message = 'No card can be delivered to somebody who has no userId, so the text goes out as a message.'
  return new DingTalkError(message, { code: 'ERR_NO_CARD_TARGET' })
}
