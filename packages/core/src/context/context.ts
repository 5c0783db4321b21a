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
import type { Chat, From } from '../updates/origin.ts'
import type { DynamicDataRequest } from '../updates/request/dynamic-data.ts'
import type { GraphRequest } from '../updates/request/graph.ts'
import type { Update } from '../updates/update.ts'
import type { Filter, FilterQuery } from './filter/filter.ts'

/** Whom a reply mentions. */
export interface ReplyOptions extends Mentions {}

export interface RespondOptions {
  /** 200 (default) fine, 400 bad request, 404 nobody handles it, 500 failed. */
  readonly code?: number | undefined
  /** Default `OK`. */
  readonly message?: string | undefined
}

/** What a handler gets: one update, and what can be done about it. */
export interface Context {
  readonly update: Update
  /** The message, in updates of kind chatbot and delegate. */
  readonly message?: Message | undefined
  /** The click or form, in updates of kind card. */
  readonly callback?: CardCallback | undefined
  /** The event, in updates of kind event. */
  readonly event?: EventInfo | undefined
  /** The question, in updates of kind graph and dynamicData. */
  readonly request?: GraphRequest | DynamicDataRequest | undefined
  /**
   * What the message says, trimmed and without styles, the same from each of DingTalk's clients: the text, the transcript of
   * a voice note, what a card shows, the lines of a forwarded chat. Without the mention of the bot, wherever it stands. Names
   * of other people stay where the platform leaves them: in rich text; from plain text it takes everybody that was picked.
   * `''` where nothing is said, or nothing that a bot can read.
   */
  readonly text: string
  /**
   * The same as markdown: with the styles of a rich text, with links, and with everything else escaped, so that it says what
   * the text says. Computed when it is asked for.
   *
   * @example
   * bot.on('chatbot:richText', ctx => ctx.replyMarkdown('You said', ctx.markdown))
   */
  readonly markdown: string
  /** The pieces of text of a message. */
  texts(): readonly string[]
  /** The pictures of a message. */
  images(): readonly MediaRef[]
  /** The files of a message: files, audio and video. */
  files(): readonly MediaRef[]
  /** Those mentioned besides the bot: who they are, not what they are called nor where. */
  readonly mentions: readonly AtUser[]
  /** Whether the bot is mentioned; in a private chat it is not. */
  readonly isMentioned: boolean
  /** The message that this one replies to. */
  readonly quoted?: Quoted | undefined
  /**
   * Where it came from. Of a click: where its card went, as far as the bot keeps it, else what the click says; missing
   * where nobody knows, and then replies are refused rather than sent to the wrong place.
   */
  readonly chat?: Chat | undefined
  readonly from?: From | undefined
  readonly api: Api
  /** Code of the robot to act as. */
  readonly robotCode: string
  readonly log: Logger
  /** A bag for this update only. */
  readonly state: Record<string, unknown>
  /** Aborts when the bot stops and its patience has passed, or when another update takes this one's place. */
  readonly signal: AbortSignal
  /** Whether the update matches, as in `bot.on`. */
  has<C extends Context, Q extends FilterQuery>(this: C, query: Q | readonly Q[]): this is Filter<C, Q>
  /**
   * Replies with a text, or with a message of any kind. Goes through the session webhook while it lives (that alone can
   * mention people), else through the robot APIs; media always through the latter.
   *
   * @throws ApiError, NetworkError; DingTalkError where there is nowhere to reply to, or the message is empty or too long;
   * TypeError for what is no message.
   * @example
   * await ctx.reply({ msgtype: 'link', title: '文档', text: '看这里', messageUrl: 'https://example.com' })
   */
  reply(message: string | Outgoing): Promise<SentMessage>
  /** Replies with plain text; `ctx.reply({ msgtype: 'text', text, at })`. */
  replyText(text: string, options?: ReplyOptions): Promise<SentMessage>
  /** Replies with markdown. The title is what the chat list and the notification show. */
  replyMarkdown(title: string, text: string, options?: ReplyOptions): Promise<SentMessage>
  /**
   * Downloads a file of the message, by default its first; what it carries itself goes before what it quotes.
   * @throws DingTalkError where there is none; ApiError, NetworkError.
   * @example
   * const { fileName, buffer } = await ctx.download()
   */
  download(ref?: MediaRef | string, options?: DownloadOptions): Promise<DownloadedFile>
  /** Uploads the pictures of the message anew and gives their media ids: these do not expire, download codes do. */
  reuploadImages(options?: DownloadOptions): Promise<string[]>
  /**
   * Puts a reaction on the message, the nearest thing to "typing…" that the platform has: best effort, never throws.
   * @returns whether it is there.
   * @example
   * await ctx.react('🤔思考中')
   * await ctx.replyText(await think(ctx.text))
   * await ctx.unreact('🤔思考中')
   */
  react(text: string): Promise<boolean>
  /** Takes a reaction away; the text must be the same. Best effort, never throws. @returns whether it is gone. */
  unreact(text: string): Promise<boolean>
  /**
   * Replies with an old interactive card, made by {@link interactiveCard}. No click on it reaches the bot by stream; cards
   * whose clicks do are in `@dingware/cards`.
   * @throws ApiError, NetworkError; DingTalkError where there is nowhere to reply to.
   */
  replyInteractiveCard(data: InteractiveCardData, options?: InteractiveCardOptions): Promise<InteractiveCard>
  /**
   * Replies to a graph call with markdown, as a card posted to a session webhook.
   * @throws ApiError, NetworkError
   */
  replyGraphMarkdown(webhook: string, markdown: string): Promise<void>
  /**
   * Answers the platform at once: with the new data of a clicked card, the result of a graph call, the data of a card.
   * Only the first answer counts, and messages are by default answered before their handlers run.
   *
   * A click takes `{ card, private }`: variables for all, and for the one who clicked. The answer shows both at once to the
   * one who clicked; others see `card` a moment later by an update of its own, as everybody does what comes after the
   * 1.5 s in which a click has to be answered (message-card-sending-and-updating). In a private chat there are no others, and
   * no update. `private` is seen where the template has such a variable, marked as private; the public ones have none.
   * The platform's own form (`{ cardData, userPrivateData, cardUpdateOptions }`) is taken as well.
   * @example
   * ctx.respond({ card: { status: '已批准' }, private: { voted: true } })
   */
  respond(answer: CardAnswer, options?: RespondOptions): void
  respond(body: unknown, options?: RespondOptions): void
  /** Lets something go on beside the handler: `stop()` waits for it, and what it rejects with reaches `bot.catch`. */
  waitUntil(task: Promise<unknown>): void
}
