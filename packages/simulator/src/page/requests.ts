import type { Press } from '../apis/card/buttons.ts'
import type { PageMedia, PageUser } from './protocol.ts'

// What the page asks for, and what it is answered; `protocol.ts` lists where. Types only, for the same reason.

/** The content of a message that a person sends. Files are those of `POST /_sim/files`, by their id. */
export type PageSpeech =
  | { readonly msgtype: 'text'; readonly text: string }
  | {
      readonly msgtype: 'richText'
      readonly parts: readonly ({ readonly text: string } | { readonly fileId: string })[]
    }
  | { readonly msgtype: 'picture'; readonly fileId: string }
  | { readonly msgtype: 'file'; readonly fileId: string }
  /** `duration` in milliseconds; without a file the bot gets an empty one. */
  | {
      readonly msgtype: 'audio'
      readonly fileId?: string | undefined
      readonly duration: number
      readonly recognition: string
    }
  /** `duration` in seconds. */
  | { readonly msgtype: 'video'; readonly fileId: string; readonly duration: number }

export interface SayRequest {
  readonly userId: string
  readonly conversationId: string
  readonly content: PageSpeech
  /** Id of the message that this is a reply to. */
  readonly quoting?: string | undefined
  /** In a group: whether the bot is @ed, and the user ids of others who are. */
  readonly atBot?: boolean | undefined
  readonly at?: readonly string[] | undefined
}

export interface Uploaded {
  readonly fileId: string
  readonly media: PageMedia
}

/** A press of a button, or a form that is submitted. `isNoise`: of those that come or not, as a switch says. */
export interface ClickRequest {
  readonly userId: string
  readonly outTrackId: string
  readonly press: Press
  readonly isNoise?: boolean | undefined
}

/**
 * The outcome of a click. `late`: no answer within 2 s. `failed`: answered with another code than 200, or with something
 * that is no answer to a click. `undelivered`: nobody is connected. `closed`: the connection ended meanwhile.
 * `silent`: the card has no `callbackType: 'STREAM'`.
 */
export interface ClickAnswer {
  readonly outcome: 'answered' | 'late' | 'failed' | 'undelivered' | 'closed' | 'silent'
  /** Milliseconds, when it was answered. */
  readonly latency?: number
  readonly code?: number
}

export interface NewUser {
  readonly nick: string
}

/** Somebody new, and their chat with the bot. */
export interface MadeUser extends PageUser {
  readonly conversationId?: string
}

/** Makes a group, or adds members to the one of that title. */
export interface NewGroup {
  readonly title: string
  readonly memberIds: readonly string[]
}

/** Somebody has seen a conversation to its end. */
export interface ReadRequest {
  readonly userId: string
  readonly conversationId: string
}

/** Why something was not done, in English and in Chinese. */
export interface Refusal {
  readonly error: string
  readonly zh: string
}
