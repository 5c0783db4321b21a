import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/**
 * The sender sent something that the platform does not relay to bots: a sticker, a place, a name card, … There is
 * nothing to read in it. Not to be confused with {@link UnknownMessage}, which dingware does not understand.
 */
export interface UnknownMsgTypeMessage extends MessageBase, UnknownMsgTypeBody {}

/**
 * Not a message but a notice: the organisation has used up its quota of Webhook and Stream pushes, so that the message
 * of a person came without its content (develop-stream-mode-push-server).
 *
 * Hint: the type `quota` is ours, on the wire there is none. The session webhook may be there, so that the bot can say
 * why it does not answer.
 */
export interface QuotaMessage extends MessageBase, QuotaBody {}

/** A message of a kind that has no type of its own, or that could not be read: see {@link MessageBase.raw}. */
export interface UnknownMessage extends MessageBase, UnknownBody {}

export interface UnknownMsgTypeBody {
  readonly msgtype: 'unknownMsgType'
  /** What the platform says about it, for people. */
  readonly content: { readonly unknownMsgType?: string | undefined }
}

export interface QuotaBody {
  readonly msgtype: 'quota'
  /** `20001`. */
  readonly errorCode: string
  readonly errorMessage?: string | undefined
}

export interface UnknownBody {
  readonly msgtype: 'unknown'
  /** What the message says of itself. */
  readonly wireMsgtype?: string | undefined
}

const { text, id } = lenient
const Notice = v.object({ errorCode: id, errCode: id, errorMessage: text, errMsg: text })
const Content = v.object({ unknownMsgType: text })

export function readUnknownMsgType({ content }: lenient.Fields): UnknownMsgTypeBody {
  return { msgtype: 'unknownMsgType', content: v.parse(Content, lenient.recordOf(content) ?? {}) }
}

/** Reads a quota notice, in either spelling: `errorCode` and `errorMessage` or `errCode` and `errMsg`. */
export function readQuota(fields: lenient.Fields): QuotaBody | undefined {
  if ((fields.text ?? fields.content) != null) return undefined
  const { errCode, errMsg, errorCode = errCode, errorMessage = errMsg } = v.parse(Notice, fields)
  return errorCode === '20001' ? { msgtype: 'quota', errorCode, errorMessage } : undefined
}
