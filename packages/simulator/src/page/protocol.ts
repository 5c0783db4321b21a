/**
 * What the chat page and the simulator say to each other. Types only: the page imports this file, so nothing here may
 * pull server code into the browser.
 *
 * The page reads `GET /_sim/events` (server-sent events, each `data` one {@link PageEvent}; the first is a snapshot) and
 * writes with `POST /_sim/messages` ({@link SayRequest}).
 */

export interface PageUser {
  readonly userId: string
  readonly nick: string
}

export interface PageConversation {
  readonly conversationId: string
  readonly type: 'private' | 'group'
  readonly title: string
  readonly memberIds: readonly string[]
}

/** What a message shows. `other` is a kind that the page cannot draw yet; it is shown as JSON. */
export type PageContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'markdown'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'card'
      readonly outTrackId: string
      readonly templateId: string
      readonly variables: Readonly<Record<string, string>>
    }
  | { readonly kind: 'other'; readonly msgtype: string; readonly body: unknown }

export interface PageMessage {
  readonly id: string
  readonly conversationId: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly from: { readonly kind: 'user' | 'bot'; readonly id: string; readonly nick: string }
  readonly content: PageContent
}

export type PageEvent =
  | {
      readonly type: 'snapshot'
      readonly users: readonly PageUser[]
      readonly conversations: readonly PageConversation[]
      readonly messages: readonly PageMessage[]
      /** Open bot connections: 0 means that nobody will answer. */
      readonly connections: number
    }
  | { readonly type: 'user'; readonly user: PageUser }
  | { readonly type: 'conversation'; readonly conversation: PageConversation }
  /** A new message, or a newer state of one with the same id. */
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'connections'; readonly connections: number }

/** Body of `POST /_sim/messages`; answers 201 with a {@link PageMessage}, 400 or 404 with `{ "error": "…" }`. */
export interface SayRequest {
  readonly userId: string
  readonly conversationId: string
  readonly text: string
}
