import type { AtUser } from './base.ts'
import type { Message } from './message.ts'

/**
 * People mentioned in a group message, without the bot itself. The platform gives their ids only, neither names nor
 * positions.
 */
export function mentionsOf({ atUsers = [], chatbotUserId }: Message): AtUser[] {
  return atUsers.filter(user => hasId(user) && (user.dingtalkId === undefined || user.dingtalkId !== chatbotUserId))
}

/** True if the bot itself is mentioned; never so in a private chat. */
export function isBotMentioned({ isInAtList, atUsers = [], chatbotUserId }: Message): boolean {
  return isInAtList ?? (chatbotUserId !== undefined && atUsers.some(user => user.dingtalkId === chatbotUserId))
}

function hasId({ dingtalkId, staffId, unionId }: AtUser): boolean {
  return (dingtalkId ?? staffId ?? unionId) !== undefined
}
