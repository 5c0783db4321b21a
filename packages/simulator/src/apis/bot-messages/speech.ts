import type { Message, Person } from '../../world/types.ts'
import type { FileInput } from '../files/store.ts'
import type { CardElement } from './elements.ts'
import type { Forwarded } from './forwarded.ts'

/** A part of a rich text: words, a picture, a mention, or a skill of an assistant. */
export type RichTextPart =
  | { readonly text: string }
  | { readonly picture: FileInput }
  /** Somebody who is mentioned there; the bot by its name. On the wire that is a text like all others. */
  | { readonly at: Pick<Person, 'nick'> }
  | { readonly skill: { readonly skillId: string; readonly displayName: string; readonly iconUrl?: string } }

/**
 * The content of a message that a person sends, by its `msgtype`. For anything that is not foreseen here, `content`
 * goes out as it is.
 *
 * @example
 * await alice.send({ msgtype: 'richText', parts: [{ text: 'look' }, { picture: { name: 'cat.png', bytes } }] })
 * await alice.send({ msgtype: 'newKind', content: { any: 'thing' } })
 */
export type UserContent =
  | { readonly msgtype: 'text'; readonly text: string }
  | { readonly msgtype: 'picture'; readonly file?: FileInput }
  | { readonly msgtype: 'richText'; readonly parts: readonly RichTextPart[] }
  /** `duration` in milliseconds; `recognition`: the words, as the platform heard them. Switches say what of it comes. */
  | { readonly msgtype: 'audio'; readonly recognition?: string; readonly duration?: number; readonly file?: FileInput }
  /** `duration`: seconds or milliseconds, a number or a text, which differs between clients. */
  | { readonly msgtype: 'video'; readonly duration?: number | string; readonly file?: FileInput }
  /** `by: 'api'`: sent by an API, so that there is no downloadCode and the drive has to be asked. */
  | { readonly msgtype: 'file'; readonly file?: FileInput; readonly by?: 'client' | 'api' }
  | { readonly msgtype: 'markdown'; readonly title: string; readonly text: string }
  | { readonly msgtype: 'actionCard'; readonly title: string; readonly text: string; readonly urls?: readonly string[] }
  /** A document (`url`), or a card of a bot (`elements`). */
  | { readonly msgtype: 'interactiveCard'; readonly url?: string; readonly elements?: readonly CardElement[] }
  | ({ readonly msgtype: 'chatRecord' } & Forwarded)
  | { readonly msgtype: 'unknownMsgType' }
  | { readonly msgtype: string; readonly content: unknown }

/**
 * Options of a message that a person writes.
 *
 * @example
 * await alice.in(team).say('ask @Bob', { at: [bob], atBot: true })
 */
export interface SpeakOptions {
  /**
   * Others whom the message mentions, in groups; the bot comes on top. A text may have them, and the bot, as `@name` where
   * they were picked: `say('@Bot ask @Bob', { at: [bob] })`. Other names stand in front of it.
   */
  readonly at?: readonly Pick<Person, 'nick'>[]
  /** The client they write with: `Mac` by default, `Win`, `iOS`, … From `HarmonyOS` every text comes as a rich text. */
  readonly client?: string
  /**
   * Whether the message @s the bot, which in a group decides whether it hears of it at all. By default it does, unless
   * it is of a kind that cannot have an @ (everything but text, richText and interactiveCard).
   */
  readonly atBot?: boolean
  /** The bot stands in for this person ("AI hosting"): goes to the topic `…/delegate`. */
  readonly onBehalfOf?: Pick<Person, 'nick' | 'userId'>
  /** Somebody from outside the organisation: without senderStaffId and senderCorpId. */
  readonly outsider?: boolean
  /** Set over the fields of the payload; one that is undefined is taken away. */
  readonly fields?: Readonly<Record<string, unknown>>
}

/** A message as a person writes it, before it has a sender and a conversation. */
export interface Speech extends SpeakOptions {
  readonly content: UserContent
  readonly quoting?: Message
}
