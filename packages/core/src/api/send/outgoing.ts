import type { Mentions } from './mention.ts'

/** Button that opens an address. */
export interface LinkButton {
  /** Label of the button. */
  readonly title: string
  /** Address to open. */
  readonly url: string
}

/** Plain text message. */
export interface TextOutgoing extends Mentions {
  readonly msgtype: 'text'
  /** The text; may be empty if somebody is mentioned. */
  readonly text: string
}

/** Markdown message. */
export interface MarkdownOutgoing extends Mentions {
  readonly msgtype: 'markdown'
  /** Title, shown in the chat list and the notification. */
  readonly title: string
  /** Markdown. See `toDingTalkMarkdown` for what DingTalk shows of it. */
  readonly text: string
}

/** Link with title, text and an optional picture. */
export interface LinkOutgoing {
  readonly msgtype: 'link'
  readonly title: string
  readonly text: string
  /** Address to open. */
  readonly messageUrl: string
  /** Address of the picture. */
  readonly picUrl?: string | undefined
}

/** Text with one to five buttons that open addresses. */
export interface ActionCardOutgoing {
  readonly msgtype: 'actionCard'
  /** Title, shown in the chat list and the notification. */
  readonly title: string
  /** Text in markdown. */
  readonly text: string
  /** Buttons, one to five. */
  readonly buttons: readonly LinkButton[]
  /** Shows two buttons side by side; others are always below each other. Default false. */
  readonly horizontal?: boolean | undefined
}

/**
 * List of links with pictures. Only session webhooks and custom robots show it; the robot APIs get a list in markdown
 * instead.
 */
export interface FeedCardOutgoing {
  readonly msgtype: 'feedCard'
  /** The links, with a title, an address to open and the address of a picture each. */
  readonly links: readonly { readonly title: string; readonly messageUrl: string; readonly picUrl: string }[]
}

/** Picture. */
export interface ImageOutgoing {
  readonly msgtype: 'image'
  /** mediaId of an uploaded picture, or an https address. */
  readonly photoURL: string
}

/** File. */
export interface FileOutgoing {
  readonly msgtype: 'file'
  /** mediaId of `api.upload`. */
  readonly mediaId: string
  /** Name that people see. */
  readonly fileName: string
  /** Format, such as `pdf`. Default: the extension of `fileName`, or `file`. */
  readonly fileType?: string | undefined
}

/** Voice message. */
export interface AudioOutgoing {
  readonly msgtype: 'audio'
  /** mediaId of `api.upload`. */
  readonly mediaId: string
  /** Duration in milliseconds, as `api.upload()` returns it. */
  readonly duration: number
}

/** Video. */
export interface VideoOutgoing {
  readonly msgtype: 'video'
  /** mediaId of the video, of `api.upload`. */
  readonly videoMediaId: string
  /** mediaId of the cover picture. */
  readonly picMediaId: string
  /** Duration in seconds. */
  readonly duration: number
  /** Width in pixels. */
  readonly width?: number | undefined
  /** Height in pixels. */
  readonly height?: number | undefined
}

/**
 * Message that a robot can send, told apart by `msgtype` (robot-message-type). For `ctx.reply` and `api.send`.
 *
 * @example
 * await ctx.reply({ msgtype: 'markdown', title: '日报', text: '**12** 条待办', at: ['0408'] })
 * await ctx.reply({ msgtype: 'file', mediaId, fileName: '合同.pdf' })
 */
export type Outgoing =
  | TextOutgoing
  | MarkdownOutgoing
  | LinkOutgoing
  | ActionCardOutgoing
  | FeedCardOutgoing
  | ImageOutgoing
  | FileOutgoing
  | AudioOutgoing
  | VideoOutgoing

/** Mentions of a message; only text and markdown can have any. */
export function mentionsIn(message: Outgoing): Mentions {
  return message.msgtype === 'text' || message.msgtype === 'markdown' ? message : {}
}

/** Messages that a webhook takes: all but media. */
export type WebhookOutgoing = Exclude<Outgoing, ImageOutgoing | FileOutgoing | AudioOutgoing | VideoOutgoing>

export function isForWebhook(message: Outgoing): message is WebhookOutgoing {
  return !['image', 'file', 'audio', 'video'].includes(message.msgtype)
}

/** Text of a message, to be shown when somebody quotes it. */
export function textOfOutgoing(message: Outgoing): string {
  switch (message.msgtype) {
    case 'text':
    case 'markdown':
    case 'actionCard':
      return message.text
    case 'link':
      return `${message.title}\n${message.text}`
    case 'feedCard':
      return message.links.map(({ title }) => title).join('\n')
    case 'file':
      return message.fileName
    default:
      return ''
  }
}
