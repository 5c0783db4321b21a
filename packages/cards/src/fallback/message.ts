import type { Context } from '@dingware/core'
import type { CallApi } from '../deliver/deliver.ts'
import type { CardTarget } from '../deliver/target.ts'
import { cutMarkdown } from '../markdown/cut.ts'

/** Says one markdown message. */
export type Say = (title: string, text: string) => Promise<unknown>

/** A session webhook takes 20,000 bytes and the robot APIs 15,000, and Chinese has three a character. */
const LONGEST = 3_800
const LONGEST_TITLE = 20

/** Says a text of any length, in as many messages as it takes. */
export async function sayAll(say: Say, title: string, text: string): Promise<void> {
  let rest = text
  while (rest !== '') {
    const cut = rest.length > LONGEST ? cutMarkdown(rest, LONGEST) : { head: rest, rest: '' }
    await say(title || titleOf(text), cut.head)
    rest = cut.rest
  }
}

export function sayWith(ctx: Context): Say {
  return (title, text) => ctx.replyMarkdown(title, text)
}

/** Through the robot APIs, where there is no message to reply to. */
export function sayTo(call: CallApi, { robotCode, address }: CardTarget): Say {
  return (title, text) => {
    const body = { robotCode, msgKey: 'sampleMarkdown', msgParam: JSON.stringify({ title, text }) }
    if ('users' in address) {
      const path = '/v1.0/robot/oToMessages/batchSend'
      return call({ method: 'POST', path, body: { ...body, userIds: [address.users].flat() } })
    }
    const [path, openConversationId] =
      'group' in address
        ? (['/v1.0/robot/groupMessages/send', address.group] as const)
        : (['/v1.0/robot/privateChatMessages/send', address.privateChat] as const)
    return call({ method: 'POST', path, body: { ...body, openConversationId } })
  }
}

/** What the list of chats shows: the first words. */
function titleOf(text: string): string {
  const line = text.split('\n').find(line => line.trim() !== '') ?? ''
  return (
    line
      .replace(/[#*`>_|[\]]/g, '')
      .trim()
      .slice(0, LONGEST_TITLE) || '回复'
  )
}
