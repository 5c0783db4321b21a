import type { ActionButton } from '@dingware/core'
import type { CardData } from './variables.ts'

/**
 * The people who are mentioned with a card in a group: the sender of the message, all, or people by userId with their names.
 *
 * @example
 * await ctx.replyMarkdownCard('# 日报', { at: { u1: '张三' } })
 *
 * In chats with the robot nobody is mentioned.
 */
export type CardAt = 'sender' | 'all' | Readonly<Record<string, string>> | readonly string[]

/**
 * A card that stays on top of a group's chat.
 *
 * @example
 * await ctx.replyMarkdownCard('# 值班：张三', { topBox: { expiresIn: 3_600_000 } })
 *
 * One that is shown only there (`only`) cannot be recalled: the platform gives no handle for it.
 */
export interface TopBox {
  /** Milliseconds until it goes away. */
  readonly expiresIn: number
  /** Only these see it, by userId. Default: all. */
  readonly users?: readonly string[] | undefined
  readonly platforms?: readonly ('android' | 'ios' | 'win' | 'mac')[] | undefined
  /** Whether it is shown only there, and not as a message too. Default false. */
  readonly only?: boolean | undefined
}

/**
 * A source of data for a card while it is looked at; the bot answers with `bot.on('dynamicData', …)`.
 *
 * @example
 * await ctx.replyCard(board, data, { dynamicData: [{ id: 'load', params: { host: 'web-1' }, every: 6 }] })
 *
 * With `every`, or `pull: 'RENDER'`, it is asked again and again, so the handler should be quick.
 */
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

/** The words and the picture by which a card is found by searching (create-and-deliver-cards). */
export interface SearchSupport {
  /** A mediaId (`@lAL…`). */
  readonly searchIcon?: string | undefined
  /** The kind of thing that it is. */
  readonly searchTypeName?: TextByLanguage | undefined
  readonly searchDesc?: string | undefined
}

/** The notification that the client shows of a card (create-and-deliver-cards). */
export interface CardNotification {
  /** The text of the notification. */
  readonly alertContent?: string | undefined
  /** Whether there is none. */
  readonly notificationOff?: boolean | undefined
}

/**
 * The options of delivery that every card takes: who is mentioned, who sees it, where clicks go.
 *
 * @example
 * await ctx.replyMarkdownCard('# 日报', { at: 'sender', supportForward: false, lastMessage: '日报已生成' })
 *
 * Fields of the API that have no option here go into `extra`, which overrides the rest of the body.
 */
export interface DeliverOptions {
  /** The people who are mentioned, in groups. */
  readonly at?: CardAt | undefined
  /** In groups only these see the card, by userId. Default: all. */
  readonly recipients?: readonly string[] | undefined
  /** Whether people may forward the card. Default true. */
  readonly supportForward?: boolean | undefined
  /** The receiver of clicks: the stream (default), or the HTTP address that is registered under the key. */
  readonly callback?: 'stream' | { readonly routeKey: string } | undefined
  /** On whose behalf the bot answers, by userId. Default: as the message says. */
  readonly hosting?: string | undefined
  /** Variables that only one person sees, by userId. */
  readonly privateData?: Readonly<Record<string, CardData>> | undefined
  /** People whom the text mentions with `<a atId=userId>name</a>`, by userId. */
  readonly cardAtUsers?: readonly string[] | undefined
  readonly dynamicData?: readonly DynamicDataSource[] | undefined
  readonly topBox?: TopBox | undefined
  /** The line that the list of chats shows. */
  readonly lastMessage?: TextByLanguage | undefined
  /** Whether the list of chats follows what the card shows. Default: in a chat with the robot, where there is no `lastMessage`. */
  readonly dynamicSummary?: boolean | undefined
  readonly searchSupport?: SearchSupport | undefined
  readonly notification?: CardNotification | undefined
  /** The kind of user ids: `userId` (default) or `unionId`. */
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
