import type { AtUser } from './base.ts'
import type { Message } from './message.ts'

/**
 * Those mentioned in a group message, without the bot itself. Only ids: the platform says neither their names nor where
 * in the text they stand.
 */
export function mentionsOf({ atUsers = [], chatbotUserId }: Message): AtUser[] {
  return atUsers.filter(user => hasId(user) && (user.dingtalkId === undefined || user.dingtalkId !== chatbotUserId))
}

/** Whether the bot itself is mentioned. In a chat with one person nobody is. */
export function isBotMentioned({ isInAtList, atUsers = [], chatbotUserId }: Message): boolean {
  return isInAtList ?? (chatbotUserId !== undefined && atUsers.some(user => user.dingtalkId === chatbotUserId))
}

function hasId({ dingtalkId, staffId, unionId }: AtUser): boolean {
  return (dingtalkId ?? staffId ?? unionId) !== undefined
}
