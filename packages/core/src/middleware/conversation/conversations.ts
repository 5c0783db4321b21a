import { checkOptions, DingTalkError, rule } from '@dingware/transport'
import type { Outgoing } from '../../api/send/outgoing.ts'
import { definePlugin, type Plugin } from '../../composer/plugin/plugin.ts'
import type { Context } from '../../context/context.ts'
import { chatKeyOf, senderKeyOf } from '../../context/conversation-key.ts'
import { compileFilter, type Filter, type FilterQuery } from '../../context/filter/filter.ts'
import { conversationKeyOf } from '../../context/update-context.ts'
import type { Wait } from '../../intake/wait/request.ts'
import { TOPICS } from '../../updates/update.ts'

/** Why a dialog ended early: the person took it back, or did not answer in time. */
export type Abandoned = 'cancelled' | 'timeout'

export interface ConversationsOptions {
  /** What a person says to end a dialog, whatever its case. Default `取消` and `cancel`. */
  readonly cancel?: readonly string[] | undefined
  /** What happens when a dialog ended early and its handler did not catch that. Default: replies `已取消` to who cancelled. */
  readonly onAbandoned?: ((ctx: Context, why: Abandoned) => unknown) | undefined
}

export interface WaitForOptions {
  /**
   * Who may answer, in this chat: the one who wrote, anybody, people by their `staffId`, or those that a function lets.
   * Default: whoever writes in the same conversation, as the `conversationKey` of the bot tells them apart; without one
   * that is the one who wrote.
   */
  readonly from?: 'sender' | 'anyone' | readonly string[] | ((answer: Context) => boolean) | undefined
  /** The question, sent when the wait is open: no answer is too quick for it. */
  readonly question?: string | Outgoing | (() => Promise<unknown>) | undefined
  /** Milliseconds from the question on. Default 10 minutes; `Infinity`: until the bot stops. */
  readonly timeout?: number | undefined
  /** What is replied to a message of theirs that is no answer; it is then handled no further. Default: it is, as any other. */
  readonly otherwise?: string | Outgoing | undefined
  /** What ends the dialog, in place of the words of `conversations()`; `[]`: nothing does. */
  readonly cancel?: readonly string[] | undefined
  /** Ends the wait when it aborts. */
  readonly signal?: AbortSignal | undefined
}

export interface ConversationFlavor {
  /**
   * Waits for an answer and gives its context. Meanwhile the handler holds neither a slot of the bot's `concurrency` nor its
   * turn in `sequentialize()`; the answer goes before all that waits there.
   *
   * Hint: middleware does not run for an answer, so it has what plugins add and not what `derive` does. To wait for clicks,
   * the bot has to have a handler of cards, or their topic in its option `topics`.
   *
   * @throws DingTalkError: `ERR_WAIT_CANCELLED`, `ERR_WAIT_TIMEOUT` (both end the handler quietly if it does not catch them),
   * `ERR_STOPPED` when the bot stops, `ERR_TOO_MANY_WAITS`, `ERR_NO_CONVERSATION` for an update that belongs to none.
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
 * Adds `ctx.waitFor`: dialogs written from top to bottom, any number at once.
 *
 * Open waits live in the process. When it ends they end with it, and what comes after the restart is a message like any
 * other; what has to outlast that belongs into `ctx.session`.
 *
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

/** What came of a wait; an answer is wrapped, because what it holds is thenable to nobody's surprise. */
type Outcome<C> = { readonly answer: C } | 'cancelled'

async function waitFor<C extends Context, Q extends FilterQuery>(
  wait: Wait,
  asker: C,
  query: Q | readonly Q[],
  options: WaitForOptions,
): Promise<Filter<C, Q>> {
  // With NaN the time would be over at once, which ends a handler without a word.
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
  // All contexts of a bot are made alike, with what its plugins add.
  const isSibling = (ctx: Context): ctx is C => Object.getPrototypeOf(ctx) === Object.getPrototypeOf(asker)
  const isAnswer = (ctx: Context): ctx is Filter<C, Q> => isSibling(ctx) && may(ctx) && answers.matches(ctx)
  // A click is for the card that it was made on, and never a wrong answer.
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
  // Who asked is in the key of the wait.
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
