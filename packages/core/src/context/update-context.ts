import { inspect } from 'node:util'
import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import { updateCall } from '../api/card/update-call.ts'
import type { InteractiveCardData } from '../api/interactive-card/card-data.ts'
import { replyWithInteractiveCard } from '../api/interactive-card/context-card.ts'
import type { InteractiveCard, InteractiveCardOptions } from '../api/interactive-card/interactive-card.ts'
import { downloadFrom, reuploadImages } from '../api/media/context-media.ts'
import type { DownloadedFile, DownloadOptions } from '../api/media/download.ts'
import type { Outgoing } from '../api/send/outgoing.ts'
import type { SentMessage } from '../api/send/sent-message.ts'
import { answerData } from '../updates/answer/answer-data.ts'
import { type CardCallback, callbackOf, clickOf } from '../updates/callback/callback.ts'
import { responseOf, updateOf } from '../updates/callback/card-answer.ts'
import { type EventInfo, parseEvent } from '../updates/event/event.ts'
import { withPayload } from '../updates/lenient/payload.ts'
import { markdownOfMessage } from '../updates/message/markdown-of.ts'
import { filesOf, imagesOf, type MediaRef } from '../updates/message/media-of.ts'
import { isBotMentioned, mentionsOf } from '../updates/message/mentions.ts'
import { type AtUser, type Message, parseMessage } from '../updates/message/message.ts'
import { type Quoted, quotedOf } from '../updates/message/quoted.ts'
import { knownRobotCode } from '../updates/message/robot-code.ts'
import { textOfMessage, textsOf } from '../updates/message/text-of.ts'
import { type Chat, chatOf, type From, fromOf } from '../updates/origin.ts'
import { type DynamicDataRequest, parseDynamicDataRequest } from '../updates/request/dynamic-data.ts'
import { type GraphRequest, parseGraphRequest } from '../updates/request/graph.ts'
import type { Update } from '../updates/update.ts'
import type { Context, ReplyOptions, RespondOptions } from './context.ts'
import { senderKeyOf } from './conversation-key.ts'
import { compileFilter, type Filter, type FilterQuery } from './filter/filter.ts'
import type { Run } from './run.ts'
import type { ContextServices } from './services.ts'

/**
 * Implementation of {@link Context}. Each bot has a subclass of its own, and plugins add helpers to its prototype,
 * which costs nothing per update. Properties that derive from the payload are parsed at the first access.
 */
export class UpdateContext implements Context {
  readonly update: Update
  readonly #services: ContextServices
  readonly #run: Run
  #state: Record<string, unknown> | undefined
  #message: Message | undefined
  #text: string | undefined
  #callback: CardCallback | undefined
  #event: EventInfo | undefined
  #request: GraphRequest | DynamicDataRequest | undefined

  constructor(update: Update, services: ContextServices, run: Run) {
    this.update = update
    this.#services = services
    this.#run = run
  }

  get state(): Record<string, unknown> {
    this.#state ??= {}
    return this.#state
  }

  set state(state: Record<string, unknown>) {
    this.#state = state
  }

  get message(): Message | undefined {
    const { kind, raw } = this.update
    if (kind === 'chatbot' || kind === 'delegate') this.#message ??= parseMessage(raw)
    return this.#message
  }

  get callback(): CardCallback | undefined {
    const click = clickOf(this.update)
    if (!click) return undefined
    this.#callback ??= callbackOf(click, { card: this.update.card, isDeclared: this.#services.isAction })
    return this.#callback
  }

  get event(): EventInfo | undefined {
    if (this.update.kind === 'event') this.#event ??= parseEvent(this.update.headers, this.update.raw)
    return this.#event
  }

  get request(): GraphRequest | DynamicDataRequest | undefined {
    const { kind, raw } = this.update
    if (kind === 'graph') this.#request ??= parseGraphRequest(raw)
    if (kind === 'dynamicData') this.#request ??= parseDynamicDataRequest(raw)
    return this.#request
  }

  get text(): string {
    // Read by each command, and by each wait for a text.
    this.#text ??= this.message ? textOfMessage(this.message) : ''
    return this.#text
  }

  get markdown(): string {
    return this.message ? markdownOfMessage(this.message) : ''
  }

  texts(): readonly string[] {
    return this.message ? textsOf(this.message) : []
  }

  images(): readonly MediaRef[] {
    return this.message ? imagesOf(this.message) : []
  }

  files(): readonly MediaRef[] {
    return this.message ? filesOf(this.message) : []
  }

  get mentions(): readonly AtUser[] {
    return this.message ? mentionsOf(this.message) : []
  }

  get isMentioned(): boolean {
    return this.message !== undefined && isBotMentioned(this.message)
  }

  get quoted(): Quoted | undefined {
    const quoted = this.message && quotedOf(this.message)
    if (!quoted || quoted.text) return quoted
    // A quote of the bot's own message comes without text, which the bot remembers.
    const text = this.#services.sent.textOf(quoted.processQueryKey)
    return text === undefined ? quoted : withPayload({ ...quoted, text, isReadable: true }, quoted.raw, {})
  }

  get chat(): Chat | undefined {
    const { message, callback, update } = this
    return chatOf({ message, callback, card: update.card })
  }

  get from(): From | undefined {
    const { message, callback, update } = this
    return fromOf({ message, callback, card: update.card })
  }

  get api(): Api {
    return this.#services.api
  }

  get robotCode(): string {
    return knownRobotCode(this.message?.robotCode) ?? this.#services.robotCode()
  }

  get log(): Logger {
    return this.#services.logger
  }

  get signal(): AbortSignal {
    return this.#run.signal
  }

  has<C extends Context, Q extends FilterQuery>(this: C, query: Q | readonly Q[]): this is Filter<C, Q> {
    return compileFilter<C, Q>(query).matches(this)
  }

  reply(message: string | Outgoing): Promise<SentMessage> {
    return this.#services.reply(this, typeof message === 'string' ? { msgtype: 'text', text: message } : message)
  }

  replyText(text: string, mentions: ReplyOptions = {}): Promise<SentMessage> {
    return this.reply({ ...mentions, msgtype: 'text', text })
  }

  replyMarkdown(title: string, text: string, mentions: ReplyOptions = {}): Promise<SentMessage> {
    return this.reply({ ...mentions, msgtype: 'markdown', title, text })
  }

  download(ref?: MediaRef | string, options?: DownloadOptions): Promise<DownloadedFile> {
    return downloadFrom(this, ref, options)
  }

  reuploadImages(options?: DownloadOptions): Promise<string[]> {
    return reuploadImages(this, options)
  }

  async react(text: string): Promise<boolean> {
    return this.message !== undefined && this.api.react(this.message, text)
  }

  async unreact(text: string): Promise<boolean> {
    return this.message !== undefined && this.api.unreact(this.message, text)
  }

  replyInteractiveCard(data: InteractiveCardData, options?: InteractiveCardOptions): Promise<InteractiveCard> {
    return replyWithInteractiveCard(this, data, options)
  }

  replyGraphMarkdown(webhook: string, markdown: string): Promise<void> {
    return this.#services.replyToGraph(webhook, markdown)
  }

  respond(body: unknown, { code = 200, message = 'OK' }: RespondOptions = {}): void {
    const { exchange } = this.#run
    const { callback, update } = this
    const said = callback && code === 200 ? responseOf(body) : undefined
    if (!callback || !said) {
      exchange.respond({ code, message, data: answerData(update.kind, body) })
      return
    }
    const rest = updateOf(callback, said, this.#services.answerClick({ update, exchange }, said, message))
    if (rest) this.waitUntil(this.api.call(updateCall(rest)))
  }

  waitUntil(task: Promise<unknown>): void {
    this.#services.runBeside(this, task)
  }

  static runOf(ctx: Context): Run | undefined {
    return #run in ctx ? ctx.#run : undefined
  }

  static servicesOf(ctx: Context): ContextServices | undefined {
    return #services in ctx ? ctx.#services : undefined
  }
}

/** Run of a context; `undefined` for one that no bot has made, as in tests of middleware. */
export function runOf(ctx: Context): Run | undefined {
  return UpdateContext.runOf(ctx)
}

/** Key of the conversation that an update belongs to, by the bot's option `conversationKey`. */
export function conversationKeyOf(ctx: Context): string | undefined {
  return (servicesOf(ctx)?.conversationKey ?? senderKeyOf)(ctx)
}

export function servicesOf(ctx: Context): ContextServices | undefined {
  return UpdateContext.servicesOf(ctx)
}

// Contexts get printed when somebody debugs a bot: show the essentials, without the session webhook.
Object.defineProperty(UpdateContext.prototype, inspect.custom, {
  value(this: UpdateContext, _depth: number, options: object): string {
    const { update, chat, from, message, text, state } = this
    return `Context ${inspect({ update, chat, from, msgtype: message?.msgtype, text, state }, options)}`
  },
})
