import type { Mentions } from './mention.ts'

/** A button that opens an address. */
export interface LinkButton {
  readonly title: string
  readonly url: string
}

export interface TextOutgoing extends Mentions {
  readonly msgtype: 'text'
  readonly text: string
}

export interface MarkdownOutgoing extends Mentions {
  readonly msgtype: 'markdown'
  /** Shown in the chat list and the notification. */
  readonly title: string
  readonly text: string
}

export interface LinkOutgoing {
  readonly msgtype: 'link'
  readonly title: string
  readonly text: string
  readonly messageUrl: string
  readonly picUrl?: string | undefined
}

export interface ActionCardOutgoing {
  readonly msgtype: 'actionCard'
  readonly title: string
  /** Markdown. */
  readonly text: string
  /** One to five buttons; beside each other only where there are two. */
  readonly buttons: readonly LinkButton[]
  readonly horizontal?: boolean | undefined
}

export interface FeedCardOutgoing {
  readonly msgtype: 'feedCard'
  readonly links: readonly { readonly title: string; readonly messageUrl: string; readonly picUrl: string }[]
}

export interface ImageOutgoing {
  readonly msgtype: 'image'
  /** A mediaId or an https address. */
  readonly photoURL: string
}

export interface FileOutgoing {
  readonly msgtype: 'file'
  readonly mediaId: string
  readonly fileName: string
  /** For example `pdf`. Default: the end of the file's name, `file` where it has none. */
  readonly fileType?: string | undefined
}

export interface AudioOutgoing {
  readonly msgtype: 'audio'
  readonly mediaId: string
  /** Milliseconds, as `api.upload()` tells them. */
  readonly duration: number
}

export interface VideoOutgoing {
  readonly msgtype: 'video'
  readonly videoMediaId: string
  /** The cover picture. */
  readonly picMediaId: string
  /** Seconds. */
  readonly duration: number
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** What a robot can say (robot-message-type). */
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

/** Whom a message mentions: only texts and markdown can. */
export function mentionsIn(message: Outgoing): Mentions {
  return message.msgtype === 'text' || message.msgtype === 'markdown' ? message : {}
}

/** Messages that a session webhook takes; media it does not. */
export type WebhookOutgoing = Exclude<Outgoing, ImageOutgoing | FileOutgoing | AudioOutgoing | VideoOutgoing>

export function isForWebhook(message: Outgoing): message is WebhookOutgoing {
  return !['image', 'file', 'audio', 'video'].includes(message.msgtype)
}

/** The text of a message, to be shown when somebody quotes it. */
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
