import type { FileInput } from '../files/store.ts'
import type { Message, Person } from '../world/types.ts'

/** A part of a rich text. */
export type RichTextPart =
  | { readonly text: string }
  | { readonly picture: FileInput }
  | { readonly at: Pick<Person, 'nick' | 'userId'> }
  | { readonly skill: { readonly skillId: string; readonly displayName: string; readonly iconUrl?: string } }

/** What a person sends. `content` instead of the other fields goes out as it is, for whatever is not foreseen here. */
export type UserContent =
  | { readonly msgtype: 'text'; readonly text: string }
  | { readonly msgtype: 'picture'; readonly file?: FileInput }
  | { readonly msgtype: 'richText'; readonly parts: readonly RichTextPart[] }
  /** `duration` in milliseconds; `recognition`: the words, as the platform heard them. */
  | { readonly msgtype: 'audio'; readonly recognition?: string; readonly duration?: number; readonly file?: FileInput }
  /** `duration`: seconds or milliseconds, a number or a text, which differs between clients. */
  | { readonly msgtype: 'video'; readonly duration?: number | string; readonly file?: FileInput }
  /** `by: 'api'`: sent by an API, so that there is no downloadCode and the drive has to be asked. */
  | { readonly msgtype: 'file'; readonly file?: FileInput; readonly by?: 'client' | 'api' }
  | { readonly msgtype: 'markdown'; readonly title: string; readonly text: string }
  | { readonly msgtype: 'actionCard'; readonly title: string; readonly text: string; readonly urls?: readonly string[] }
  /** A document (`url`), or a card of a bot (`texts`). */
  | { readonly msgtype: 'interactiveCard'; readonly url?: string; readonly texts?: readonly string[] }
  | {
      readonly msgtype: 'chatRecord'
      readonly title: string
      readonly summary: string
      readonly records?: readonly object[]
    }
  | { readonly msgtype: 'unknownMsgType' }
  | { readonly msgtype: string; readonly content: unknown }

export interface SpeakOptions {
  /** Others who are mentioned by name; the bot comes on top. In groups. */
  readonly at?: readonly Pick<Person, 'nick'>[]
  /**
   * Whether the message @s the bot, which in a group decides whether it hears of it at all. By default it does, unless
   * it is of a kind that cannot have an @ (everything but text, richText and interactiveCard).
   */
  readonly atBot?: boolean
  /** The bot stands in for this person ("AI hosting"): goes to the topic `…/delegate`. */
  readonly onBehalfOf?: Pick<Person, 'nick' | 'userId'>
  /** Somebody from outside the organisation: no senderStaffId, no senderCorpId. */
  readonly outsider?: boolean
  /** Set over the fields of the payload; one that is undefined is taken away. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/** One thing said, by whom and where being known. */
export interface Speech extends SpeakOptions {
  readonly content: UserContent
  readonly quoting?: Message
}
