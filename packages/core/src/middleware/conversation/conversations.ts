import { checkOptions, DingTalkError, rule } from '@dingware/transport'
import type { Outgoing } from '../../api/send/outgoing.ts'
import { definePlugin, type Plugin, type Wait } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { compileFilter, type Filter, type FilterQuery } from '../../context/filter/filter.ts'
import { conversationKeyOf } from '../../context/update-context.ts'
import { chatKeyOf, senderKeyOf } from '../../intake/wait/keys.ts'
import { TOPICS } from '../../updates/update.ts'

/** Reason why a conversation ended early: the person cancelled it, or did not answer in time. */
export type Abandoned = 'cancelled' | 'timeout'

/** Options of {@link conversations}. */
export interface ConversationsOptions {
  /** Words by which a person cancels a conversation, in any case. Default `取消` and `cancel`. */
  readonly cancel?: readonly string[] | undefined
  /**
   * Called when a conversation ended early and its handler did not catch that. Default: replies `已取消` if it was
   * cancelled.
   */
  readonly onAbandoned?: ((ctx: Context, why: Abandoned) => unknown) | undefined
}

/** Options of `ctx.waitFor`. */
export interface WaitForOptions {
  /**
   * People who may answer, in this chat: the sender, anybody, people by `staffId`, or those that a function accepts.
   * Default: whoever is in the same conversation by the bot's `conversationKey`; unless that is changed, the sender.
   */
  readonly from?: 'sender' | 'anyone' | readonly string[] | ((answer: Context) => boolean) | undefined
  /**
   * Question to send when the wait has begun, so that no answer comes too early: a text, a message, or a function that
   * sends it.
   */
  readonly question?: string | Outgoing | (() => Promise<unknown>) | undefined
  /**
   * Time limit in milliseconds, counted from the question. Default 10 minutes; `Infinity` means until the bot stops.
   */
  readonly timeout?: number | undefined
  /**
   * Reply to a message of these people that does not match the query; it is then not handled otherwise. Default: such a
   * message is handled like any other.
   */
  readonly otherwise?: string | Outgoing | undefined
  /** Words that cancel, instead of those of `conversations()`; `[]` for none. */
  readonly cancel?: readonly string[] | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}

/** Addition of {@link conversations} to the context. */
export interface ConversationFlavor {
  /**
   * Waits for the next matching update of the conversation, and resolves to its context. Meanwhile the handler occupies
   * neither a slot of the bot's `concurrency` nor its turn in `sequentialize()`; the answer does not queue.
   *
   * Middleware does not run for the answer: its context has what plugins add, but not what `derive` does. To wait for
   * clicks, the bot needs a handler of cards, or their topic in its option `topics`.
   *
   * @throws DingTalkError `ERR_WAIT_CANCELLED`, `ERR_WAIT_TIMEOUT` (if not caught, both end the handler without an
   * error), `ERR_STOPPED`, `ERR_TOO_MANY_WAITS`, `ERR_NO_CONVERSATION` for an update that belongs to no conversation.
   * @throws TypeError for an invalid option; the signal's reason.
   * @example
   * const { text } = await ctx.waitFor('chatbot:text', { question: '你叫什么名字？', timeout: 60_000 })
   */
  waitFor<C extends Context, Q extends FilterQuery>(
    this: C,
    query: Q | readonly Q[],
    options?: WaitForOptions,
  ): Promise<Filter<C, Q>>
}

const CANCELLED = 'ERR_WAIT_CANCELLED'
const WHY: Readonly<Record<string, Abandoned>> = { [CANCELLED]: 'cancelled', ERR_WAIT_TIMEOUT: 'timeout' }
const DEFAULT_CANCEL = ['取消', 'cancel']

/**
 * Creates a plugin that adds `ctx.waitFor`: conversations of several messages, written as one function.
 *
 * Open waits are kept in memory and lost when the process ends; a later answer is then handled as an ordinary message.
 * Keep state that has to survive in `ctx.session`.
 *
 * @throws TypeError for an invalid option.
 * @example
 * createBot().use(conversations()).command('order', async ctx => {
 *   const dish = await ctx.waitFor('chatbot:text', { question: '想吃什么？' })
 *   const count = await ctx.waitFor('chatbot:text', { question: '几份？' })
 *   await ctx.replyText(`${count.text} 份${dish.text}，马上来`)
 * })
 */
export function conversations(options: ConversationsOptions = {}): Plugin<ConversationFlavor> {
  checkOptions<ConversationsOptions>('conversations', options, { cancel: rule.texts, onAbandoned: rule.callback })
  const { cancel = DEFAULT_CANCEL, onAbandoned = replyCancelled } = options
  return definePlugin<ConversationFlavor>({
    name: 'conversations',
    install(host) {
      host.subscribe(TOPICS.chatbot)
      host.decorate({
        waitFor(query, given = {}) {
          return waitFor(host.wait, this, query, { cancel, ...given })
        },
      })
    },
    middleware: async function conversations(ctx, next) {
      try {
        await next()
      } catch (error) {
        const why = DingTalkError.isInstance(error) ? WHY[error.code] : undefined
        if (!why) throw error
        await onAbandoned(ctx, why)
      }
    },
  })
}

/** Result of a wait; the answer is wrapped, so that a context which happens to be thenable is not awaited. */
type Outcome<C> = { readonly answer: C } | 'cancelled'

async function waitFor<C extends Context, Q extends FilterQuery>(
  wait: Wait,
  asker: C,
  query: Q | readonly Q[],
  options: WaitForOptions,
): Promise<Filter<C, Q>> {
  // A NaN would time out at once, which ends the handler silently.
  checkOptions<WaitForOptions>('waitFor', options, {
    from: rule.any,
    question: rule.any,
    timeout: rule.span,
    otherwise: rule.any,
    cancel: rule.texts,
    signal: rule.object,
  })
  const { from, question, otherwise, timeout, signal, cancel = [] } = options
  const key = keyOfWait(asker, from)
  if (key === undefined) throw noConversationError()
  const answers = compileFilter<C, Q>(query)
  const words = new Set(cancel.map(word => word.toLowerCase()))
  const sender = senderKeyOf(asker)
  const may = permission(from)

  const isCancel = (ctx: Context): boolean => words.has(ctx.text.toLowerCase()) && senderKeyOf(ctx) === sender
  // All contexts of a bot are alike, with the additions of its plugins.
  const isSibling = (ctx: Context): ctx is C => Object.getPrototypeOf(ctx) === Object.getPrototypeOf(asker)
  const isAnswer = (ctx: Context): ctx is Filter<C, Q> => isSibling(ctx) && may(ctx) && answers.matches(ctx)
  // A click belongs to its card, and so is never a wrong answer.
  const isRefused = (ctx: Context): boolean => otherwise !== undefined && ctx.message !== undefined && may(ctx)

  const outcome = await wait<Outcome<Filter<C, Q>>>(asker, {
    keys: [key],
    accepts: ctx => isCancel(ctx) || isAnswer(ctx) || isRefused(ctx),
    async take(ctx) {
      if (isCancel(ctx)) return 'cancelled'
      if (isAnswer(ctx)) return { answer: ctx }
      if (otherwise !== undefined) await ctx.reply(otherwise)
      return undefined
    },
    ask:
      question === undefined ? undefined : () => (typeof question === 'function' ? question() : asker.reply(question)),
    timeout,
    signal,
  })
  if (outcome === 'cancelled') throw cancelledError()
  return outcome.answer
}

function keyOfWait(asker: Context, from: WaitForOptions['from']): string | undefined {
  if (from === undefined) return conversationKeyOf(asker)
  return from === 'sender' ? senderKeyOf(asker) : chatKeyOf(asker)
}

function permission(from: WaitForOptions['from']): (ctx: Context) => boolean {
  if (typeof from === 'function') return from
  // The sender is part of the wait's key.
  if (from === undefined || typeof from === 'string') return () => true
  return ({ from: person }) => person?.staffId !== undefined && from.includes(person.staffId)
}

async function replyCancelled(ctx: Context, why: Abandoned): Promise<void> {
  if (why === 'cancelled') await ctx.replyText('已取消')
  else ctx.log.debug('A dialog ended: nobody answered in time.')
}

function cancelledError(): DingTalkError {
  return new DingTalkError('The person cancelled the dialog, so there is no answer.', { code: CANCELLED })
}

function noConversationError(): DingTalkError {
  const problem =
    'Nobody can be waited for: the update belongs to no conversation, or has no sender. Wait in a handler of messages or clicks.'
  return new DingTalkError(problem, { code: 'ERR_NO_CONVERSATION' })
}
