import { kindOf } from '@dingware/transport'
import { isNaming } from './mention.ts'
import { mentionsIn, type Outgoing } from './outgoing.ts'
import { requireText } from './text.ts'

interface Rule {
  /** Required text fields. */
  readonly texts: readonly string[]
  /** Required list, and the text fields of its items. */
  readonly list?: readonly [name: string, texts: readonly string[]]
  /** Unit of `duration`, if that is required. */
  readonly duration?: string
}

const RULES: Readonly<Record<Outgoing['msgtype'], Rule>> = {
  text: { texts: ['text'] },
  markdown: { texts: ['title', 'text'] },
  link: { texts: ['title', 'text', 'messageUrl'] },
  actionCard: { texts: ['title', 'text'], list: ['buttons', ['title', 'url']] },
  feedCard: { texts: [], list: ['links', ['title', 'messageUrl']] },
  image: { texts: ['photoURL'] },
  file: { texts: ['mediaId', 'fileName'] },
  audio: { texts: ['mediaId'], duration: 'milliseconds' },
  video: { texts: ['videoMediaId', 'picMediaId'], duration: 'seconds' },
}

type Given = Readonly<Record<string, unknown>>

/**
 * Validates a message before anything is sent: the platform would refuse it with an error of its own, or show
 * `undefined`.
 *
 * @param mentions true if mentions are part of the text, which may then be empty otherwise
 * @throws TypeError for an invalid message, text or duration; DingTalkError `ERR_EMPTY_MESSAGE`.
 */
export function checkOutgoing(message: Outgoing, mentions: boolean): void {
  const given: Given = Object(message)
  const { msgtype } = given
  if (typeof msgtype !== 'string' || !Object.hasOwn(RULES, msgtype)) {
    const what = typeof msgtype === 'string' ? `a message of the type ${JSON.stringify(msgtype)}` : kindOf(message)
    throw new TypeError(
      `The message was not sent: ${what} is none. Give a text, or { msgtype, … } with one of ${Object.keys(RULES).join(', ')}.`,
    )
  }
  const { texts, list, duration } = RULES[message.msgtype]
  for (const name of texts) {
    const isMention = name === 'text' && mentions && isNaming(mentionsIn(message))
    if (!(isMention && typeof given.text === 'string'))
      requireText('The message', `\`${name}\` of its ${msgtype}`, given[name])
  }
  if (list) checkList(given, list)
  if (duration) checkDuration(given, duration)
}

function checkList(given: Given, [name, texts]: readonly [string, readonly string[]]): void {
  const items = given[name]
  if (!Array.isArray(items)) {
    throw new TypeError(
      `The message was not sent: \`${name}\` of its ${given.msgtype} is ${kindOf(items)}, but it has to be a list.`,
    )
  }
  for (const [index, item] of items.entries()) {
    const fields: Given = Object(item)
    for (const text of texts) {
      requireText('The message', `\`${name}[${index}].${text}\` of its ${given.msgtype}`, fields[text])
    }
  }
}

/** The duration is shown before playing, and the platform does not read it from the file. */
function checkDuration({ msgtype, duration }: Given, unit: string): void {
  if (typeof duration === 'number' && duration > 0 && duration <= Number.MAX_SAFE_INTEGER) return
  const is = typeof duration === 'number' ? String(duration) : kindOf(duration)
  throw new TypeError(
    `The message was not sent: \`duration\` of its ${msgtype} is ${is}, but it has to be its length in ${unit}, more than 0. api.upload() tells the length of most files, in milliseconds.`,
  )
}
