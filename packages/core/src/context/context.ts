import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import type { InteractiveCardData } from '../api/interactive-card/card-data.ts'
import type { InteractiveCard, InteractiveCardOptions } from '../api/interactive-card/interactive-card.ts'
import type { DownloadedFile, DownloadOptions } from '../api/media/download.ts'
import type { Mentions } from '../api/send/mention.ts'
import type { Outgoing } from '../api/send/outgoing.ts'
import type { SentMessage } from '../api/send/sent-message.ts'
import type { CardCallback } from '../updates/callback/callback.ts'
import type { CardAnswer } from '../updates/callback/card-answer.ts'
import type { EventInfo } from '../updates/event/event.ts'
import type { MediaRef } from '../updates/message/media-of.ts'
import type { AtUser, Message } from '../updates/message/message.ts'
import type { Quoted } from '../updates/message/quoted.ts'
import type { DynamicDataRequest } from '../updates/request/dynamic-data.ts'
import type { GraphRequest } from '../updates/request/graph.ts'
import type { Update } from '../updates/update.ts'
import type { Filter, FilterQuery } from './filter/filter.ts'

/** Conversation that an update came from. */
export interface Chat {
  /**
   * Id of the conversation (`openConversationId`). In a click on a card in a private chat it may be the person's userId
   * instead.
   */
  readonly id: string
  /** `private` for a chat of one person with the bot, `group` for a group. */
  readonly type: 'private' | 'group'
  /** Name of the group; missing in private chats and clicks. */
  readonly title?: string | undefined
}

/** Person that an update came from. */
export interface From {
  /**
   * Id that tells people apart: in messages the encrypted `senderId`; in clicks the userId, or a unionId if the card
   * was sent with unionIds.
   */
  readonly id: string
  /**
   * userId, which the APIs want; missing for people outside the organisation, and for everybody while the app is
   * unpublished.
   */
  readonly staffId?: string | undefined
  /**
   * unionId, the same in all apps of an organisation. In clicks on cards that were sent with unionIds; in messages it
   * comes rarely.
   */
  readonly unionId?: string | undefined
  /** Display name; missing in clicks. */
  readonly nick?: string | undefined
  /** Organisation of the person. */
  readonly corpId?: string | undefined
  /** True for an administrator of the organisation; missing in clicks. */
  readonly isAdmin?: boolean | undefined
}

/** Mentions of a reply: people to notify, by userId, mobile number or encrypted id. */
export interface ReplyOptions extends Mentions {}

/** Options of `ctx.respond`. */
export interface RespondOptions {
  /** Status code: 200 (default) for success, 400 bad request, 404 not handled, 500 failed. */
  readonly code?: number | undefined
  /** Status text. Default `OK`. */
  readonly message?: string | undefined
}

/**
 * Context of one update, as handlers get it: the update's data, and methods to react to it. Like Koa's `ctx`, it is a
 * new object for each update; plugins add to it.
 *
 * @example
 * bot.on('chatbot:text', async ctx => {
 *   await ctx.replyText(`${ctx.from?.nick}: ${ctx.text}`)
 * })
 */
export interface Context {
  /** The raw update: kind, topic, headers and payload. */
  readonly update: Update
  /** The message; in updates of kind `chatbot` and `delegate`. */
  readonly message?: Message | undefined
  /** The click or form submission; in updates of kind `card`. */
  readonly callback?: CardCallback | undefined
  /** The event; in updates of kind `event`. */
  readonly event?: EventInfo | undefined
  /** The request; in updates of kind `graph` and `dynamicData`. */
  readonly request?: GraphRequest | DynamicDataRequest | undefined
  /**
   * Text of the message, trimmed and without formatting, independent of the sender's client: also the transcript of a
   * voice note, the texts of a card, the lines of a forwarded chat. Mentions of the bot are removed. Names of other
   * mentioned people remain in rich text only, since the platform removes them from plain text. `''` if there is no
   * text, or none that a bot can read.
   */
  readonly text: string
  /**
   * Text of the message as markdown: with the formatting of rich text and with links; everything else is escaped.
   * Computed at each access.
   *
   * @example
   * bot.on('chatbot:richText', ctx => ctx.replyMarkdown('You said', ctx.markdown))
   */
  readonly markdown: string
  /** Returns the texts of the message piece by piece. */
  texts(): readonly string[]
  /** Returns the pictures of the message, to be passed to `ctx.download`. */
  images(): readonly MediaRef[]
  /** Returns the files of the message, including audio and video, to be passed to `ctx.download`. */
  files(): readonly MediaRef[]
  /** People mentioned besides the bot. The platform gives their ids only, neither names nor positions. */
  readonly mentions: readonly AtUser[]
  /** True if the bot is mentioned in a group; always false in a private chat. */
  readonly isMentioned: boolean
  /** The message that this one replies to (quotes). */
  readonly quoted?: Quoted | undefined
  /**
   * Conversation that the update came from. For a click: the conversation that the card was sent to, if the bot knows
   * it, else the one named by the click. `undefined` if unknown; then `ctx.reply` throws rather than send to the wrong
   * place.
   */
  readonly chat?: Chat | undefined
  /** Person who sent the message or clicked; missing in other updates. */
  readonly from?: From | undefined
  /** Client for DingTalk's APIs; the same as `bot.api`. */
  readonly api: Api
  /** Robot code to use in API calls: the one that the message was sent to, else the bot's. */
  readonly robotCode: string
  /** Logger of the bot. */
  readonly log: Logger
  /** Object for passing data between middleware, new for each update. */
  readonly state: Record<string, unknown>
  /**
   * Aborts when the bot stops and its time limit has passed, or when `sequentialize` replaces this update by a newer
   * one. Pass it to `fetch` and to models.
   */
  readonly signal: AbortSignal
  /**
   * True if the update matches a query, as in `bot.on`; narrows the type of `ctx`.
   *
   * @example
   * if (ctx.has('chatbot:picture')) await ctx.replyText(ctx.message.content.downloadCode ?? '')
   */
  has<C extends Context, Q extends FilterQuery>(this: C, query: Q | readonly Q[]): this is Filter<C, Q>
  /**
   * Sends a message to the conversation that the update came from: a text, or a message of any type. Uses the session
   * webhook while it is valid (only there people can be mentioned), else the robot APIs; media always go through the
   * latter.
   *
   * @throws DingTalkError `ERR_NO_REPLY_TARGET` if the conversation is unknown or the person has no userId;
   * `ERR_EMPTY_MESSAGE`, `ERR_MESSAGE_TOO_LONG`
   * @throws ApiError, NetworkError, TimeoutError; TypeError for an invalid message
   * @example
   * await ctx.reply({ msgtype: 'link', title: '文档', text: '看这里', messageUrl: 'https://example.com' })
   */
  reply(message: string | Outgoing): Promise<SentMessage>
  /**
   * Replies with plain text; short for `ctx.reply({ msgtype: 'text', text, ...mentions })`, and throws the same errors.
   *
   * @example
   * await ctx.replyText('收到', { at: ctx.from?.staffId ? [ctx.from.staffId] : [] })
   */
  replyText(text: string, options?: ReplyOptions): Promise<SentMessage>
  /**
   * Replies with markdown; throws the same errors as `ctx.reply`. The title is shown in the chat list and the
   * notification.
   *
   * @example
   * await ctx.replyMarkdown('日报', '**12** 条待办')
   */
  replyMarkdown(title: string, text: string, options?: ReplyOptions): Promise<SentMessage>
  /**
   * Downloads a file of the message; by default its first one, where the message's own files come before those of the
   * quoted message.
   *
   * @throws DingTalkError `ERR_MEDIA_REF` if there is none; ApiError, NetworkError, TimeoutError
   * @example
   * const { fileName, buffer } = await ctx.download()
   */
  download(ref?: MediaRef | string, options?: DownloadOptions): Promise<DownloadedFile>
  /**
   * Uploads the pictures of the message again and resolves to their media ids, which do not expire as download codes
   * do.
   *
   * @throws the errors of `ctx.download` and `api.upload`, at the first picture that fails
   * @example
   * for (const mediaId of await ctx.reuploadImages()) await ctx.reply({ msgtype: 'image', photoURL: mediaId })
   */
  reuploadImages(options?: DownloadOptions): Promise<string[]>
  /**
   * Adds a reaction to the message, the nearest thing to "typing…" that the platform has. Best effort, never throws.
   *
   * @returns true if it was added
   * @example
   * await ctx.react('🤔思考中')
   * await ctx.replyText(await think(ctx.text))
   * await ctx.unreact('🤔思考中')
   */
  react(text: string): Promise<boolean>
  /** Removes a reaction; the text must be the same. Best effort, never throws. @returns true if it was removed. */
  unreact(text: string): Promise<boolean>
  /**
   * Replies with an old interactive card, built by `interactiveCard`. Clicks on it do not reach the bot by
   * stream; for cards with buttons that call back, use `@dingware/cards`.
   *
   * @throws DingTalkError `ERR_NO_REPLY_TARGET`; ApiError, NetworkError, TimeoutError
   * @example
   * await ctx.replyInteractiveCard(interactiveCard({ title: '日报' }, [{ type: 'markdown', text: '**12** 条待办' }]))
   */
  replyInteractiveCard(data: InteractiveCardData, options?: InteractiveCardOptions): Promise<InteractiveCard>
  /**
   * Posts markdown as a card to a session webhook, as the reply to a graph call.
   *
   * @throws DingTalkError `ERR_EMPTY_MESSAGE`, `ERR_UNTRUSTED_WEBHOOK`, `ERR_MESSAGE_TOO_LONG`; ApiError, NetworkError,
   * TimeoutError
   */
  replyGraphMarkdown(webhook: string, markdown: string): Promise<void>
  /**
   * Answers the platform right away: with new data for the clicked card, the result of a graph call, or the data of a
   * card. Only the first answer counts. Messages are by default answered before their handlers run, so this has no
   * effect on them.
   *
   * For a click, pass `{ card, private }`: variables for everybody, and for the person who clicked. The platform shows
   * the answer only to that person, and only within 1.5 s of the click (message-card-sending-and-updating); `card`
   * reaches the others, and a later answer everybody, by an update that the bot sends for you. In a private chat there
   * are no others, so none is sent. `private` is visible only if the template has such a variable, marked as private;
   * the public templates have none. The platform's own form (`{ cardData, userPrivateData, cardUpdateOptions }`) is
   * accepted, too.
   *
   * @example
   * ctx.respond({ card: { status: '已批准' }, private: { voted: true } })
   */
  respond(answer: CardAnswer, options?: RespondOptions): void
  /** Answers a graph call or a data request; see `graphResponse` and `dynamicDataResponse`. */
  respond(body: unknown, options?: RespondOptions): void
  /**
   * Runs a task in the background, after the handler has ended: `stop()` waits for it, and a rejection reaches
   * `bot.catch`.
   *
   * @example
   * ctx.waitUntil(db.log(ctx.text))
   */
  waitUntil(task: Promise<unknown>): void
}
