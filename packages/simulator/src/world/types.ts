/** An application with a bot, as the developer console makes them. */
export interface App {
  readonly clientId: string
  readonly clientSecret: string
  /** The bot's name in the chat. */
  readonly name: string
  /** For an app of one's own organisation the same as the `clientId`. */
  readonly robotCode: string
  readonly chatbotUserId: string
  /** `headers.appId` of its frames. */
  readonly appId: string
}

/** A person of the organisation. All ids are made from the name, and are the same in every run. */
export interface Person {
  /** The userId within the organisation (`staffId`). */
  readonly userId: string
  /** The name in chats. */
  readonly nick: string
  /** The unionId, the same for all apps of a developer. */
  readonly unionId: string
  /** The encrypted id (`$:LWCP_v1:$…`) that stands in `senderId` and `atUsers`. */
  readonly dingtalkId: string
}

/** A private chat with a bot, a chat of two people, or a group. */
export interface Conversation {
  /** The `openConversationId`; the same in every run. */
  readonly conversationId: string
  /** `private` for chats of one person or two. */
  readonly type: 'private' | 'group'
  /** The title of a group, or the name of the other side. */
  readonly title: string
  /** The user ids of its members. */
  readonly memberIds: readonly string[]
  /** Dissolved: nobody can write here any more. */
  readonly disbanded?: boolean
  /** The bot of a private chat, or all bots of a group. */
  readonly robotCodes: readonly string[]
}

/** The content of a message. `other`: any other kind as it went over the wire, under its `msgtype` or `msgKey`. */
export type Content =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'card'
      readonly outTrackId: string
      readonly templateId: string
      readonly variables: Readonly<Record<string, string>>
    }
  | { readonly kind: 'other'; readonly msgtype: string; readonly body: unknown }

/** A message in a conversation. A card that changes is a new object with the same `id`. */
export interface Message {
  /** The `msgId`. */
  readonly id: string
  /** The conversation that it stands in. */
  readonly conversationId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The sender: a person by userId, or a bot by robotCode. */
  readonly from: { readonly kind: 'user' | 'bot'; readonly id: string; readonly nick: string }
  /** The content, as the chat shows it; see `textOf()`. */
  readonly content: Content
  /** Rises by one with each message: what came later has the greater one. */
  readonly sequence: number
  /** The way it was sent: written by a person, by session webhook, by one of the send APIs, or as a card. */
  readonly via: 'user' | 'webhook' | 'api' | 'card'
  /** The handle for recall and read status: the answer of the send API, or for a card its `carrierId`. */
  readonly processQueryKey?: string
  /** User ids of those who see it; everybody in the conversation when missing. */
  readonly recipients?: readonly string[]
  /** Id of the message that it replies to. */
  readonly quoting?: string
  /** Names that a person's message @s, the bot's included. */
  readonly mentions?: readonly string[]
  /** True when it was not pushed to the bot: said in a group without an @ of the bot. */
  readonly untold?: true
  /** The message as it went over the wire: the payload pushed to the bot, or the body of the bot's request. */
  readonly body: unknown
}

export type WorldEvent =
  | { readonly type: 'user'; readonly user: Person }
  | { readonly type: 'conversation'; readonly conversation: Conversation }
  | { readonly type: 'message'; readonly message: Message }
  | { readonly type: 'recalled'; readonly message: Message }
  | { readonly type: 'read'; readonly message: Message; readonly userId: string }
  /** The bot has reacted to a message, or taken that back. */
  | { readonly type: 'reaction'; readonly message: Pick<Message, 'id'> }
