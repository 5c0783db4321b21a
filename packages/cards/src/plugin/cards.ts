import { type Context, definePlugin, type Plugin } from '@dingware/core'
import { createAndDeliver, targetOf } from '../deliver/deliver.ts'

/** A card that was delivered. */
export interface Card {
  /** The id by which the platform knows it. */
  readonly outTrackId: string
}

export interface MarkdownCardOptions {
  /** Shown above the text. */
  readonly title?: string | undefined
  /** A mediaId (`@lAL…`). */
  readonly logo?: string | undefined
  /** Whether people may forward the card. Default true. */
  readonly supportForward?: boolean | undefined
}

/** What {@link cards} adds to the context. */
export interface CardsFlavor {
  /**
   * Replies with a card that shows markdown.
   *
   * @throws ApiError when the platform refuses (a missing permission is named); DingTalkError when it is not delivered.
   * @example
   * bot.on('chatbot', ctx => ctx.replyMarkdownCard('# 日报\n- 完成 3 项', { title: '今天' }))
   */
  replyMarkdownCard(markdown: string, options?: MarkdownCardOptions): Promise<Card>
}

/** The markdown card of the Python SDK. */
const MARKDOWN_TEMPLATE = '589420e2-c1e2-46ef-a5ed-b8728e654da9.schema'

/**
 * The cards plugin.
 *
 * @example
 * const bot = createBot().use(cards())
 */
export function cards(): Plugin<CardsFlavor> {
  return definePlugin<CardsFlavor, Context>({
    name: 'cards',
    install(host) {
      host.decorate({
        async replyMarkdownCard(markdown, { title = '', logo = '', supportForward } = {}) {
          const variables = { markdown, title, logo }
          const card = { templateId: MARKDOWN_TEMPLATE, variables, supportForward }
          return { outTrackId: await createAndDeliver(this.api, targetOf(this), card) }
        },
      })
    },
  })
}
