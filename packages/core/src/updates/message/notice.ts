import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'
import type { MessageBase } from './base.ts'

/**
 * Message of a type that the platform does not pass on to bots: a sticker, a location, a name card, … Its content is
 * not available. (An {@link UnknownMessage} in contrast is one that dingware does not know.)
 */
export interface UnknownMsgTypeMessage extends MessageBase, UnknownMsgTypeBody {}

/**
 * Notice that the organisation has used up its quota of webhook and stream pushes: the message of a person came without
 * its content (develop-stream-mode-push-server).
 *
 * The type `quota` is dingware's; on the wire there is none. There may be a session webhook, so that the bot can tell
 * why it does not answer.
 */
export interface QuotaMessage extends MessageBase, QuotaBody {}

/** Message of a type that dingware does not know, or that could not be parsed. Its payload is in `raw`. */
export interface UnknownMessage extends MessageBase, UnknownBody {}

export interface UnknownMsgTypeBody {
  readonly msgtype: 'unknownMsgType'
  /** Notice of the platform, for people. */
  readonly content: { readonly unknownMsgType?: string | undefined }
}

export interface QuotaBody {
  readonly msgtype: 'quota'
  /** Error code of the platform: `20001`. */
  readonly errorCode: string
  readonly errorMessage?: string | undefined
}

export interface UnknownBody {
  readonly msgtype: 'unknown'
  /** Type as the platform sent it. */
  readonly wireMsgtype?: string | undefined
}

const { text, id } = lenient
const Notice = v.object({ errorCode: id, errCode: id, errorMessage: text, errMsg: text })
const Content = v.object({ unknownMsgType: text })

export function readUnknownMsgType({ content }: lenient.Fields): UnknownMsgTypeBody {
  return { msgtype: 'unknownMsgType', content: v.parse(Content, lenient.recordOf(content) ?? {}) }
}

/** Parses a quota notice, in either spelling: `errorCode` and `errorMessage`, or `errCode` and `errMsg`. */
export function readQuota(fields: lenient.Fields): QuotaBody | undefined {
  if ((fields.text ?? fields.content) != null) return undefined
  const { errCode, errMsg, errorCode = errCode, errorMessage = errMsg } = v.parse(Notice, fields)
  return errorCode === '20001' ? { msgtype: 'quota', errorCode, errorMessage } : undefined
}
