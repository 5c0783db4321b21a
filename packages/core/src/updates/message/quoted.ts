import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'
import { readBody } from './body.ts'
import { type MediaRef, mediaOfBody } from './media-of.ts'
import type { Message } from './message.ts'
import { hasCiphertext } from './pieces.ts'
import { textOfBody } from './text-of.ts'

/**
 * The message that another one replies to. Often incomplete; what is missing cannot be asked for. Its payload is
 * `undefined` when there is nothing but the id.
 */
export interface Quoted extends FromPayload {
  readonly msgId?: string | undefined
  /** As in messages. `unknown` when the platform says nothing but the id. */
  readonly msgtype: string
  /**
   * What it says, as `ctx.text` would, but with the names of all who are mentioned: nobody says which one is the bot's.
   * Missing for media, for most cards of the bot itself, and where it is encrypted.
   */
  readonly text?: string | undefined
  /**
   * `false` where what it says came encrypted, for eyes of DingTalk's clients only: in groups that happens to quotes of
   * several lines, and where an organisation encrypts its messages (dingtalk-stream-sdk-go#22).
   *
   * @example if (ctx.quoted?.isReadable === false) await ctx.replyText('I cannot read what you quote: please copy it.')
   */
  readonly isReadable: boolean
  /** Encrypted, as in messages; the bot's own messages have its `chatbotUserId`. */
  readonly senderId?: string | undefined
  readonly senderNick?: string | undefined
  /** Milliseconds since the epoch. */
  readonly createAt?: number | undefined
  readonly images: readonly MediaRef[]
  /** Files, voice notes and videos: in a group the only way in which they reach the bot. */
  readonly files: readonly MediaRef[]
  /** For messages of the bot itself: the `processQueryKey` that sending gave, or the `carrierId` of a card. */
  readonly processQueryKey?: string | undefined
  /** What the quoted message itself replied to. Three levels at most; deeper ones are cut off. */
  readonly quoted?: Quoted | undefined
}

const LEVELS = 3

/** The message that this one replies to; `undefined` when it is no reply. */
export function quotedOf(message: Message): Quoted | undefined {
  return quoteIn(lenient.recordOf(message.raw) ?? {}, LEVELS)
}

const { text, filled, id, number } = lenient
const Original = v.object({ originalMsgId: id, originalProcessQueryKey: id })
const Replied = v.object({
  msgId: id,
  msgType: text,
  msgtype: text,
  senderId: id,
  senderNick: filled,
  createdAt: number,
  createAt: number,
})

function quoteIn(fields: lenient.Fields, levels: number): Quoted | undefined {
  if (levels === 0) return undefined
  const { originalMsgId, originalProcessQueryKey: processQueryKey } = v.parse(Original, fields)
  const replied = repliedIn(fields)
  if (!replied && !originalMsgId && !processQueryKey) return undefined
  const raw = replied ?? {}
  const { msgType, msgtype = msgType, createdAt, createAt = createdAt, ...rest } = v.parse(Replied, raw)
  const body = readBody(raw, msgtype)
  const media = mediaOfBody(body, raw)
  const quoted = {
    ...rest,
    msgId: rest.msgId ?? originalMsgId,
    msgtype: (body.msgtype === 'unknown' ? body.wireMsgtype : undefined) ?? body.msgtype,
    text: textOfBody(body, raw) || undefined,
    isReadable: !hasCiphertext(body, raw),
    createAt,
    images: media.filter(({ kind }) => kind === 'picture'),
    files: media.filter(({ kind }) => kind !== 'picture'),
    processQueryKey,
    quoted: quoteIn(raw, levels - 1),
  }
  return withPayload(quoted, replied, {})
}

/** A quote stands in `text`, under a rich text in `content`, in nested quotes beside them; old ones in `quoteMessage`. */
function repliedIn(fields: lenient.Fields): lenient.Fields | undefined {
  for (const container of [fields.text, fields.content, fields]) {
    const replied = lenient.recordOf(lenient.recordOf(container)?.repliedMsg)
    if (replied) return replied
  }
  return lenient.recordOf(fields.quoteMessage)
}
