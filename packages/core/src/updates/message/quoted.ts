import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import { type FromPayload, withPayload } from '../lenient/payload.ts'
import { readBody } from './body.ts'
import { type MediaRef, mediaOfBody } from './media-of.ts'
import type { Message } from './message.ts'
import { hasCiphertext } from './pieces.ts'
import { textOfBody } from './text-of.ts'

/**
 * Quoted message: the one that a message replies to. Often incomplete, and the missing parts cannot be fetched. `raw`
 * is `undefined` if only the id is known.
 */
export interface Quoted extends FromPayload {
  /** Id of the quoted message. */
  readonly msgId?: string | undefined
  /** Message type, as in messages; `unknown` if only the id is known. */
  readonly msgtype: string
  /**
   * Text of the message, like `ctx.text`, but with all mentioned names, since the bot's cannot be told apart. Missing
   * for media, for most cards of the bot itself, and if it is encrypted.
   */
  readonly text?: string | undefined
  /**
   * False if its text came encrypted, readable only by DingTalk's clients: it happens in groups to quotes of several
   * lines, and in organisations that encrypt their messages (dingtalk-stream-sdk-go#22).
   *
   * @example if (ctx.quoted?.isReadable === false) await ctx.replyText('I cannot read what you quote: please copy it.')
   */
  readonly isReadable: boolean
  /** Encrypted id of the sender, as in messages; the bot's own is `chatbotUserId`. */
  readonly senderId?: string | undefined
  /** Display name of the sender. */
  readonly senderNick?: string | undefined
  /** Time of sending, in milliseconds since the epoch. */
  readonly createAt?: number | undefined
  /** Pictures of the quoted message. */
  readonly images: readonly MediaRef[]
  /**
   * Files, voice notes and videos of the quoted message. In a group, quoting is the only way in which they reach the
   * bot.
   */
  readonly files: readonly MediaRef[]
  /** For messages of the bot itself: the `processQueryKey` that sending returned, or the `carrierId` of a card. */
  readonly processQueryKey?: string | undefined
  /** Message that the quoted message itself replied to; three levels at most. */
  readonly quoted?: Quoted | undefined
}

const LEVELS = 3

/** The message that this one replies to; `undefined` if it is no reply. */
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

/**
 * A quote is in `text`; under rich text in `content`; in nested quotes beside them; in old messages in `quoteMessage`.
 */
function repliedIn(fields: lenient.Fields): lenient.Fields | undefined {
  for (const container of [fields.text, fields.content, fields]) {
    const replied = lenient.recordOf(lenient.recordOf(container)?.repliedMsg)
    if (replied) return replied
  }
  return lenient.recordOf(fields.quoteMessage)
}
