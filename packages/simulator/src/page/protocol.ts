import type { Conversation, Person } from '../world/types.ts'

/**
 * The protocol between the chat page and the simulator. Types only: the page imports this file, so nothing here may
 * pull server code into the browser.
 *
 * The page reads `/_sim/events` (server-sent events, or a WebSocket with a message for each; one is a {@link PageEvent}; the
 * first is a snapshot with the newest messages, and the older ones follow it) and asks for things with POST. A request that
 * is refused is answered 4xx with a {@link Refusal}. What is asked and answered stands in `requests.ts`.
 *
 * | path | body | answer |
 * | --- | --- | --- |
 * | `/_sim/messages` | {@link SayRequest} | 201 {@link PageMessage} |
 * | `/_sim/files?name=…` | the bytes, `application/octet-stream` | 201 {@link Uploaded} |
 * | `/_sim/clicks` | {@link ClickRequest} | 200 {@link ClickAnswer} |
 * | `/_sim/users` | {@link NewUser} | 201 {@link MadeUser} |
 * | `/_sim/groups` | {@link NewGroup} | 201 {@link PageConversation} |
 * | `/_sim/read` | {@link ReadRequest} | 204 |
 *
 * `GET /_sim/environment` tells the environment variables that make a bot one of this simulator.
 *
 * Files come from `GET /_sim/media/…`, the addresses of which stand in {@link PageMedia}.
 */

export type PageUser = Pick<Person, 'userId' | 'nick'>

export interface PageConversation extends Omit<Conversation, 'robotCodes'> {
  /** Names of the bots in it. */
  readonly bots: readonly string[]
}

/** A file. `url` is a path of this server, or an address elsewhere, or missing when the file is nowhere. */
export interface PageMedia {
  readonly name: string
  readonly url?: string
  /** Bytes, where known. */
  readonly size?: number
}

export type PageRichTextPart =
  | { readonly text: string }
  | { readonly picture: PageMedia }
  | { readonly at: string }
  | { readonly skill: string }

export interface PageLinkButton {
  readonly title: string
  readonly url: string
}

/** One of the things that an old interactive card shows below its title. */
export type PageBlock =
  | { readonly type: 'text' | 'markdown'; readonly text: string }
  | { readonly type: 'images'; readonly pictures: readonly PageMedia[] }
  | { readonly type: 'divider' }
  | { readonly type: 'section'; readonly texts: readonly string[]; readonly button?: PageLinkButton }
  /** A button without a `url` tells nobody of a click, as in DingTalk. */
  | { readonly type: 'buttons'; readonly buttons: readonly PageLinkButton[] }
  /** As it came. */
  | { readonly type: 'unknown'; readonly body: unknown }

/** A line of a chat that somebody has passed on. */
export interface PageRecord {
  readonly from: string
  readonly text: string
}

export interface PageCard {
  readonly kind: 'card'
  readonly outTrackId: string
  readonly templateId: string
  /** The public variables. */
  readonly variables: Readonly<Record<string, string>>
  /** Variables that single users see over the public ones, by user id. */
  readonly privateVariables: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly status?: 'processing' | 'inputting' | 'finished' | 'executing' | 'failed'
  /** The variable that is streamed, once it is. */
  readonly streamedKey?: string
  /** False: created without `callbackType: 'STREAM'`, so that clicks reach nobody. */
  readonly calls: boolean
}

/** The content of a message as the page shows it. `other` is a kind that the page cannot draw; it is shown as JSON. */
export type PageContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }
  | { readonly kind: 'richText'; readonly parts: readonly PageRichTextPart[] }
  | { readonly kind: 'image'; readonly picture: PageMedia }
  | { readonly kind: 'file'; readonly file: PageMedia }
  /** `seconds` and the transcript where known. */
  | { readonly kind: 'audio'; readonly file: PageMedia; readonly seconds: number; readonly recognition: string }
  | { readonly kind: 'video'; readonly file: PageMedia; readonly seconds: number; readonly cover?: PageMedia }
  | {
      readonly kind: 'link'
      readonly title: string
      readonly text: string
      readonly url: string
      readonly picture?: PageMedia
    }
  | {
      readonly kind: 'actionCard'
      readonly title: string
      readonly text: string
      readonly buttons: readonly PageLinkButton[]
      readonly isHorizontal: boolean
    }
  | { readonly kind: 'feedCard'; readonly links: readonly (PageLinkButton & { readonly picture: PageMedia })[] }
  | {
      readonly kind: 'interactiveCard'
      readonly title: string
      readonly logo?: PageMedia
      readonly blocks: readonly PageBlock[]
    }
  | {
      readonly kind: 'chatRecord'
      readonly title: string
      readonly summary: string
      readonly records: readonly PageRecord[]
    }
  | PageCard
  /** A message that the bot has recalled; the page puts it in the place of the message. */
  | { readonly kind: 'recalled' }
  | { readonly kind: 'other'; readonly msgtype: string; readonly body: unknown }

export interface PageMessage {
  readonly id: string
  readonly conversationId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly from: { readonly kind: 'user' | 'bot'; readonly id: string; readonly nick: string }
  readonly content: PageContent
  /** Id of the message that it replies to. */
  readonly quoting?: string
  /** Names that it @s. */
  readonly mentions?: readonly string[]
  /** The bot was not told of it: said in a group without an @ of the bot. */
  readonly untold?: true
  /** User ids of those who see it; everybody in the conversation when missing. */
  readonly recipients?: readonly string[]
  /** User ids of those who have read it. */
  readonly readBy?: readonly string[]
  /** The bot's reactions, as words. */
  readonly reactions?: readonly string[]
}

export type PageEvent =
  | {
      readonly type: 'snapshot'
      /** Tells this run of the simulator from another on the same port. */
      readonly run: string
      readonly users: readonly PageUser[]
      readonly conversations: readonly PageConversation[]
      readonly messages: readonly PageMessage[]
      /** The number of older messages that follow. */
      readonly older: number
      /** Open bot connections: 0 means that nobody will answer. */
      readonly connections: number
    }
  /** Messages before those that were told so far, oldest first. */
  | { readonly type: 'older'; readonly messages: readonly PageMessage[] }
  | { readonly type: 'user'; readonly user: PageUser }
  | { readonly type: 'conversation'; readonly conversation: PageConversation }
  /** A new message, or a newer state of one with the same id. */
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'recalled'; readonly conversationId: string; readonly id: string }
  | { readonly type: 'read'; readonly conversationId: string; readonly userId: string; readonly ids: readonly string[] }
  | {
      readonly type: 'reactions'
      readonly conversationId: string
      readonly id: string
      readonly reactions: readonly string[]
    }
  | { readonly type: 'connections'; readonly connections: number }
