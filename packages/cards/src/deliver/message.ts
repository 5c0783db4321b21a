import { type Context, DingTalkError, splitMarkdown, titleOf, toDingTalkMarkdown } from '@dingware/core'
import { hasText } from '@dingware/core/plugin'
import * as v from 'valibot'
import { wellFormed } from '../text/well-formed.ts'
import type { CallApi } from './deliver.ts'
import { isNobody, isReview } from './failure.ts'
import type { CardTarget } from './target.ts'

/** Says one markdown message. */
export type Say = (title: string, text: string) => Promise<unknown>

/** The most people that one call reaches (chatbots-send-one-on-one-chat-messages-in-batches). */
const USER_BATCH = 20

/** Says a text of any length, in as many messages as it takes: what cards and messages show differs. */
export async function sayAll(say: Say, title: string, text: string): Promise<void> {
  const whole = wellFormed(text)
  const heading = [wellFormed(title), titleOf(whole)].find(hasText) ?? '回复'
  for (const part of splitMarkdown(toDingTalkMarkdown(whole))) if (hasText(part)) await say(heading, part)
}

/**
 * The same where the platform reviews contents: what it refuses is never said again, and a notice is said in its place.
 * @returns what it refused with, if it did.
 */
export async function sayReviewed(say: Say, title: string, text: string, notice: string): Promise<unknown> {
  try {
    await sayAll(say, title, text)
    return undefined
  } catch (error) {
    if (!isReview(error)) throw error
    await sayNotice(say, notice)
    return error
  }
}

/** Says a notice. Where review lets not even that pass, there is nothing left to say. */
export async function sayNotice(say: Say, notice: string): Promise<void> {
  await sayAll(say, '', notice).catch(error => {
    if (!isReview(error)) throw error
  })
}

export function sayWith(ctx: Context): Say {
  return (title, text) => ctx.replyMarkdown(title, text)
}

const people = v.fallback(v.array(v.string()), [])
const UsersAnswer = v.object({
  invalidStaffIdList: people,
  filteredStaffIdList: people,
  flowControlledStaffIdList: people,
})

/** One batch in which there is nobody that exists keeps no other from its text. @throws where nobody was reached. */
async function sayToUsers(call: CallApi, users: readonly string[], body: object): Promise<void> {
  const path = '/v1.0/robot/oToMessages/batchSend'
  const missed = new Set<string>()
  let cause: unknown
  for (let from = 0; from < users.length; from += USER_BATCH) {
    const userIds = users.slice(from, from + USER_BATCH)
    try {
      const answer = await call({ method: 'POST', path, body: { ...body, userIds } }, UsersAnswer)
      for (const list of Object.values(answer)) for (const id of list) missed.add(id)
    } catch (error) {
      if (!isNobody(error)) throw error
      cause = error
      for (const id of userIds) missed.add(id)
    }
  }
  if (users.some(id => !missed.has(id))) return
  throw new DingTalkError(
    'The text that goes out in place of a card reached nobody: the platform knows none of the people, or holds their messages back. Check the userIds, and that the app is visible to them.',
    { code: 'ERR_NOT_REACHED', cause },
  )
}

/** Through the robot APIs, where there is no message to reply to. */
export function sayTo(call: CallApi, { robotCode, address }: CardTarget): Say {
  return async (title, text) => {
    const body = { robotCode, msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title, text }) }
    if ('users' in address) {
      return sayToUsers(call, [address.users].flat(), body)
    }
    const [path, openConversationId] =
      'group' in address
        ? (['/v1.0/robot/groupMessages/send', address.group] as const)
        : (['/v1.0/robot/privateChatMessages/send', address.privateChat] as const)
    await call({ method: 'POST', path, body: { ...body, openConversationId } })
  }
}
