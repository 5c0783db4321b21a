import type { ActionButton } from '@dingware/core'
import type { CardData } from './variables.ts'

/** Who is mentioned with a card in a group: the sender of the message, all, or people by userId with their names. */
export type CardAt = 'sender' | 'all' | Readonly<Record<string, string>> | readonly string[]

/** A card that stays on top of a group's chat. */
export interface TopBox {
  /** Milliseconds until it goes away. */
  readonly expiresIn: number
  /** Only these see it, by userId. Default: all. */
  readonly users?: readonly string[] | undefined
  readonly platforms?: readonly ('android' | 'ios' | 'win' | 'mac')[] | undefined
  /** Whether it is shown only there, and not as a message too. Default false. */
  readonly only?: boolean | undefined
}

/** Where a card gets data from while it is looked at; the bot answers with `bot.on('dynamicData', …)`. */
export interface DynamicDataSource {
  readonly id: string
  /** Given back with each question. */
  readonly params?: Readonly<Record<string, string>> | undefined
  /** `RENDER`: each time that it is shown. */
  readonly pull?: 'NONE' | 'ONCE' | 'RENDER' | undefined
  /** Seconds between two questions; documents name 3 and 6 as the least. Goes before `pull`. */
  readonly every?: number | undefined
}

/** A text, or one for each language: `{ ZH_CN: '审批', EN_US: 'Approval' }`. A plain text is the Chinese one. */
export type TextByLanguage = string | Readonly<Record<string, string>>

/** How a card is found by searching (create-and-deliver-cards). */
export interface SearchSupport {
  /** A mediaId (`@lAL…`). */
  readonly searchIcon?: string | undefined
  /** What kind of thing it is. */
  readonly searchTypeName?: TextByLanguage | undefined
  readonly searchDesc?: string | undefined
}

/** What the client notifies of a card with (create-and-deliver-cards). */
export interface CardNotification {
  /** The text of the notification. */
  readonly alertContent?: string | undefined
  /** Whether there is none. */
  readonly notificationOff?: boolean | undefined
}

/** What can be said of any card. */
export interface DeliverOptions {
  /** Who is mentioned, in groups. */
  readonly at?: CardAt | undefined
  /** In groups only these see the card, by userId. Default: all. */
  readonly recipients?: readonly string[] | undefined
  /** Whether people may forward the card. Default true. */
  readonly supportForward?: boolean | undefined
  /** Where clicks go: to the stream (default), or to the HTTP address that is registered under the key. */
  readonly callback?: 'stream' | { readonly routeKey: string } | undefined
  /** On whose behalf the bot answers, by userId. Default: as the message says. */
  readonly hosting?: string | undefined
  /** Variables that only one person sees, by userId. */
  readonly privateData?: Readonly<Record<string, CardData>> | undefined
  /** People whom the text mentions with `<a atId=userId>name</a>`, by userId. */
  readonly cardAtUsers?: readonly string[] | undefined
  readonly dynamicData?: readonly DynamicDataSource[] | undefined
  readonly topBox?: TopBox | undefined
  /** What the list of chats shows. */
  readonly lastMessage?: TextByLanguage | undefined
  /** Whether the list of chats follows what the card shows. Default: in a chat with the robot, where there is no `lastMessage`. */
  readonly dynamicSummary?: boolean | undefined
  readonly searchSupport?: SearchSupport | undefined
  readonly notification?: CardNotification | undefined
  /** What user ids stand for: `userId` (default) or `unionId`. */
  readonly userIds?: 'userId' | 'unionId' | undefined
  /** Creates the card first and delivers it with a second call, as some templates want. Default false. */
  readonly separately?: boolean | undefined
  /** Data for components of the template that have the ids of actions: `[approve.button('', { orderId })]`. */
  readonly actions?: readonly ActionButton[] | undefined
  /** Goes into the body last: for fields that have no option. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined
  /** Gives up what is not yet sent. */
  readonly signal?: AbortSignal | undefined
}
