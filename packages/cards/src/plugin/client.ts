import { type Api, createLogger, type Logger, type Store } from '@dingware/core'
import { checkOptions, rule } from '@dingware/core/plugin'
import { createAiCard } from '../ai-card/create-ai-card.ts'
import type { AiCard, AiCardOptions } from '../ai-card/options.ts'
import { type Card, createCard } from '../deliver/card.ts'
import { sayTo } from '../deliver/message.ts'
import type { CardAddress, CardTarget } from '../deliver/target.ts'
import { createDeadline } from '../engine/deadline.ts'
import { createEngine } from '../engine/engine.ts'
import { CARDS_RULES, type CardsOptions } from '../engine/options.ts'
import type { CardStats } from '../engine/stats.ts'
import { type ButtonCardData, type ButtonCardOptions, buttonCard } from '../kinds/button-card.ts'
import { type MarkdownCardData, type MarkdownCardOptions, markdownCard } from '../kinds/markdown-card.ts'
import { planOf } from '../kinds/own-card.ts'
import { sendCard } from '../kinds/send.ts'
import type { CardTemplate } from '../template/define-card.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import type { CardButton } from '../template/layout.ts'
import type { CardData } from '../template/variables.ts'

/**
 * The options of {@link cardClient}: those of the plugin, and the robot, store and logger that a bot would bring.
 *
 * @example
 * const client = cardClient(bot.api, { store: redisStore({ url }), robotCode: 'dingxxx' })
 */
export interface CardClientOptions extends CardsOptions {
  /** The robot that sends. Default: the bot's. */
  readonly robotCode?: string | undefined
  /** The store for open cards. Default: in memory, so that a crash leaves them open. */
  readonly store?: Store | undefined
  /** Default: warnings and errors to stderr, the rest to `debug` as `dingware:cards`. */
  readonly logger?: Logger | undefined
}

/**
 * A sender of cards on the bot's own account, and of updates to cards that were sent before.
 *
 * @example
 * await using client = cardClient(bot.api)
 * await client.to({ users: ['u1', 'u2'] }).aiCard().stream(textStream)
 *
 * Close it, or declare it with `await using`: AI cards that are open are ended by that.
 */
export interface CardClient extends AsyncDisposable {
  to(address: CardAddress): CardSender
  /**
   * A card that was sent before, by this process or another, to be updated. Keep its `outTrackId` for that.
   *
   * @example
   * await client.card(outTrackId).update({ status: '已批准' })
   */
  card<D extends object = CardData>(outTrackId: string): Pick<Card<D>, 'outTrackId' | 'update'>
  stats(): CardStats
  /** Ends the AI cards that are open. @param options.timeout Milliseconds that it may take. Default 10,000. */
  close(options?: { readonly timeout?: number | undefined }): Promise<void>
}

/**
 * A sender of cards to one address.
 *
 * @example
 * const team = client.to({ group: 'cidF/9…' })
 * const card = await team.sendMarkdownButtons('# 发布 1.2', [{ text: '批准', id: 'approve' }])
 *
 * Clicks come to the bot's `bot.action`, as those on its replies.
 */
export interface CardSender {
  send<D extends object>(template: CardTemplate<D>, data: NoInfer<D>, options?: DeliverOptions): Promise<Card<D>>
  sendMarkdown(markdown: string, options?: MarkdownCardOptions): Promise<Card<MarkdownCardData>>
  sendMarkdownButtons(
    markdown: string,
    buttons: readonly CardButton[],
    options?: ButtonCardOptions,
  ): Promise<Card<ButtonCardData>>
  aiCard(options?: AiCardOptions): AiCard
}

const CLOSE_TIMEOUT = 10_000

/**
 * Cards without an incoming message: notices, reports, jobs.
 *
 * With a `store` that outlives the process it also ends the cards that were left open by another, as the plugin does.
 *
 * @throws GatewayError when no robotCode is known.
 * @example
 * const client = cardClient(bot.api)
 * await client.to({ group: 'cidF/9…' }).sendMarkdown('# 发布完成')
 *
 * The bot has to be in the group: the platform takes the card otherwise, and delivers it to nobody (`ERR_CARD_NOT_DELIVERED`).
 */
export function cardClient(api: Api, options: CardClientOptions = {}): CardClient {
  checkOptions<CardClientOptions>('cardClient', options, {
    ...CARDS_RULES,
    robotCode: rule.text,
    store: rule.methods('get', 'set', 'add', 'delete', 'list'),
    logger: rule.methods('debug', 'info', 'warn', 'error'),
  })
  const { templates, store, logger: log = createLogger('cards') } = options
  const engine = createEngine({ api, log, options, store })
  if (store) engine.start()

  const close = async ({ timeout = CLOSE_TIMEOUT }: { readonly timeout?: number | undefined } = {}): Promise<void> => {
    using deadline = createDeadline(timeout)
    await engine.stop(deadline.signal)
  }
  return {
    to(address) {
      const target: CardTarget = { robotCode: options.robotCode ?? api.robotCode(), address }
      return {
        send: async (template, data, given = {}) => sendCard(engine, target, await planOf(template, data, given)),
        sendMarkdown: (markdown, given = {}) => sendCard(engine, target, markdownCard(templates, markdown, given)),
        sendMarkdownButtons: (markdown, buttons, given = {}) =>
          sendCard(engine, target, buttonCard(templates, markdown, buttons, given)),
        aiCard: given => createAiCard(engine, { target, say: sayTo(engine.call, target) }, given),
      }
    },
    card(outTrackId) {
      const { update } = createCard({
        call: engine.call,
        outTrackId,
        robotCode: '',
        places: [],
        variables: data => ({ ...data }),
      })
      return { outTrackId, update }
    },
    stats: engine.stats,
    close,
    [Symbol.asyncDispose]: () => close(),
  }
}
