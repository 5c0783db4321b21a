import { type Api, DingTalkError, type Store } from '@dingware/core'
import { createAiCard } from '../ai-card/create-ai-card.ts'
import type { AiCard, AiCardOptions } from '../ai-card/options.ts'
import type { Card } from '../card/card.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { CardAddress, CardTarget } from '../deliver/target.ts'
import { createEngine } from '../engine/engine.ts'
import type { CardsOptions } from '../engine/options.ts'
import { sayTo } from '../fallback/message.ts'
import { type ButtonCardData, type ButtonCardOptions, buttonCard } from '../kinds/button-card.ts'
import { type MarkdownCardData, type MarkdownCardOptions, markdownCard } from '../kinds/markdown-card.ts'
import { sendCard } from '../kinds/send.ts'
import type { CardButton } from '../layout/layout.ts'
import type { CardStats } from '../stats/stats.ts'
import { type CardTemplate, planOf } from '../template/define-card.ts'

export interface CardClientOptions extends CardsOptions {
  /** The robot that sends. Default: `DINGTALK_CLIENT_ID`, which is the robotCode of an internal app. */
  readonly robotCode?: string | undefined
  /** Where open cards are kept. Default: in memory. */
  readonly store?: Store | undefined
}

/** Sends cards on the bot's own account. */
export interface CardClient extends AsyncDisposable {
  to(address: CardAddress): CardSender
  stats(): CardStats
  /** Ends the AI cards that are open. */
  close(): Promise<void>
}

export interface CardSender {
  send<D extends object>(template: CardTemplate<D>, data: D, options?: DeliverOptions): Promise<Card<D>>
  sendMarkdown(markdown: string, options?: MarkdownCardOptions): Promise<Card<MarkdownCardData>>
  sendMarkdownButtons(
    markdown: string,
    buttons: readonly CardButton[],
    options?: ButtonCardOptions,
  ): Promise<Card<ButtonCardData>>
  aiCard(options?: AiCardOptions): AiCard
}

/**
 * Cards without an incoming message: notices, reports, jobs.
 *
 * @throws DingTalkError when no robotCode is known.
 * @example
 * const client = cardClient(bot.api)
 * await client.to({ group: 'cidF/9…' }).sendMarkdown('# 发布完成')
 */
export function cardClient(api: Api, options: CardClientOptions = {}): CardClient {
  const engine = createEngine(api, options, options.store)
  const { templates } = options

  const targetFor = (address: CardAddress): CardTarget => {
    const robotCode = options.robotCode ?? process.env.DINGTALK_CLIENT_ID
    if (robotCode) return { robotCode, address }
    throw new DingTalkError(
      'No card can be sent, because it is not known by which robot. Give cardClient() a `robotCode` (the clientId, for an internal app), or set DINGTALK_CLIENT_ID.',
      { code: 'ERR_NO_ROBOT_CODE' },
    )
  }
  return {
    to(address) {
      const target = targetFor(address)
      return {
        send: async (template, data, given = {}) => sendCard(engine, target, await planOf(template, data, given)),
        sendMarkdown: (markdown, given = {}) => sendCard(engine, target, markdownCard(templates, markdown, given)),
        sendMarkdownButtons: (markdown, buttons, given = {}) =>
          sendCard(engine, target, buttonCard(templates, markdown, buttons, given)),
        aiCard: given => createAiCard(engine, { target, say: sayTo(engine.call, target) }, given),
      }
    },
    stats: engine.stats,
    close: engine.stop,
    [Symbol.asyncDispose]: engine.stop,
  }
}
