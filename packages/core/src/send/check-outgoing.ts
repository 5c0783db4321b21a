import { DingTalkError, kindOf } from '@dingware/transport'
import { givenIds } from './given-ids.ts'
import type { Outgoing } from './outgoing.ts'

/** The texts that a message of each kind has to have. */
const TEXTS: Readonly<Record<Outgoing['msgtype'], readonly string[]>> = {
  text: ['text'],
  markdown: ['title', 'text'],
  link: ['title', 'text', 'messageUrl'],
  actionCard: ['title', 'text'],
  feedCard: [],
  image: ['photoURL'],
  file: ['mediaId', 'fileName'],
  audio: ['mediaId'],
  video: ['videoMediaId', 'picMediaId'],
}

/**
 * Checks a message before anything is sent: the platform would refuse it in words of its own, or show `undefined`.
 *
 * @param mentions whether mentions stand in the text: then it may hold nothing else.
 * @throws TypeError for what is no message or no text; DingTalkError `ERR_EMPTY_MESSAGE`.
 */
export function checkOutgoing(message: Outgoing, mentions: boolean): void {
  const given: Readonly<Record<string, unknown>> = Object(message)
  const { msgtype } = given
  if (typeof msgtype !== 'string' || !Object.hasOwn(TEXTS, msgtype)) {
    const what = typeof msgtype === 'string' ? `a message of the type ${JSON.stringify(msgtype)}` : kindOf(message)
    throw new TypeError(
      `The message was not sent: ${what} is none. Give a text, or { msgtype, … } with one of ${Object.keys(TEXTS).join(', ')}.`,
    )
  }
  const isMentioning = mentions && Array.isArray(given.at) && givenIds(given.at).length > 0
  for (const name of TEXTS[message.msgtype]) {
    const value = given[name]
    if (typeof value !== 'string') {
      throw new TypeError(
        `The message was not sent: \`${name}\` of its ${msgtype} is ${kindOf(value)}, but it has to be a text. Give it one, such as String(value) or a default.`,
      )
    }
    if (value !== '' || (name === 'text' && isMentioning)) continue
    const problem = `The message was not sent: \`${name}\` of its ${msgtype} is empty, and the platform refuses that. Give it some text, or send nothing.`
    throw new DingTalkError(problem, { code: 'ERR_EMPTY_MESSAGE' })
  }
}
