import { inspect } from 'node:util'
import type { Logger } from '@dingware/transport'
import type { Api } from '../api/api.ts'
import { compileFilter, type Filter, type FilterQuery } from '../filter/filter.ts'
import { type Message, parseMessage } from '../message/message.ts'
import type { WebhookSender } from '../reply/webhook.ts'
import type { Update } from '../update/update.ts'

/** The conversation that an update came from. */
export interface Chat {
  readonly id: string
  readonly type: 'private' | 'group'
  readonly title?: string | undefined
}

/** The person that an update came from. */
export interface From {
  /** Encrypted; good for telling people apart. */
  readonly id: string
  /** The userId that the APIs want; missing for people outside the organisation. */
  readonly staffId?: string | undefined
  readonly nick?: string | undefined
}

export interface ReplyOptions {
  /** userIds to mention (`staffId`), or `all`. */
  readonly at?: readonly string[] | 'all' | undefined
}

/** What a handler gets: one update, and what can be done about it. */
export interface Context {
  readonly update: Update
  /** The message, in updates of kind chatbot. */
  readonly message?: Message | undefined
  /** Text of the message, trimmed (a group message starts with a space where the mention of the bot was); else `''`. */
  readonly text: string
  readonly chat?: Chat | undefined
  readonly from?: From | undefined
  readonly api: Api
  /** Client ID of the robot to act as. */
  readonly robotCode: string
  readonly log: Logger
  /** A bag for this update only. */
  readonly state: Record<string, unknown>
  /** Aborts when the bot stops and its patience has passed. */
  readonly signal: AbortSignal
  /** Whether the update matches, as in `bot.on`. */
  has<C extends Context, Q extends FilterQuery>(this: C, query: Q | readonly Q[]): this is Filter<C, Q>
  /**
   * Replies with plain text.
   * @throws ApiError, NetworkError; DingTalkError where there is nowhere to reply to.
   */
  replyText(text: string, options?: ReplyOptions): Promise<void>
}

/** What the contexts of a bot share. */
export interface ContextServices {
  readonly api: Api
  readonly webhook: WebhookSender
  readonly logger: Logger
  readonly robotCode: () => string
}

/**
 * The context itself. Each bot has a subclass of its own, whose prototype plugins decorate: helpers cost nothing per
 * update.
 */
export class UpdateContext implements Context {
  readonly update: Update
  readonly signal: AbortSignal
  readonly state: Record<string, unknown> = {}
  readonly #services: ContextServices
  #message: Message | undefined

  constructor(update: Update, services: ContextServices, signal: AbortSignal) {
    this.update = update
    this.signal = signal
    this.#services = services
  }

  get message(): Message | undefined {
    if (this.update.kind === 'chatbot') this.#message ??= parseMessage(this.update.raw)
    return this.#message
  }

  get text(): string {
    return this.message?.msgtype === 'text' ? this.message.text.content.trim() : ''
  }

  get chat(): Chat | undefined {
    const { message } = this
    if (!message) return undefined
    const { conversationId: id, conversationType, conversationTitle: title } = message
    return { id, type: conversationType === '2' ? 'group' : 'private', title }
  }

  get from(): From | undefined {
    const { message } = this
    return message && { id: message.senderId, staffId: message.senderStaffId, nick: message.senderNick }
  }

  get api(): Api {
    return this.#services.api
  }

  get robotCode(): string {
    return this.message?.robotCode ?? this.#services.robotCode()
  }

  get log(): Logger {
    return this.#services.logger
  }

  has<C extends Context, Q extends FilterQuery>(this: C, query: Q | readonly Q[]): this is Filter<C, Q> {
    return compileFilter<C, Q>(query).matches(this)
  }

  async replyText(content: string, { at = [] }: ReplyOptions = {}): Promise<void> {
    // Without its token in the text, a mention shows only at the end of the message (robot-message-type).
    const mentions = at === 'all' ? '' : at.map(id => ` @${id}`).join('')
    await this.#services.webhook.send(this.message, {
      msgtype: 'text',
      text: { content: content + mentions },
      at: at === 'all' ? { isAtAll: true } : { atUserIds: at },
    })
  }
}

// A context is logged whole when somebody debugs a bot: show what matters, without the session webhook.
Object.defineProperty(UpdateContext.prototype, inspect.custom, {
  value(this: UpdateContext, _depth: number, options: object): string {
    const { update, chat, from, message, text, state } = this
    return `Context ${inspect({ update, chat, from, msgtype: message?.msgtype, text, state }, options)}`
  },
})
