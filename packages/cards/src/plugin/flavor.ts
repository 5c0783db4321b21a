import type { AiCard, AiCardOptions } from '../ai-card/options.ts'
import type { Card } from '../card/card.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { ButtonCardData, ButtonCardOptions } from '../kinds/button-card.ts'
import type { CarouselCardData, CarouselCardOptions } from '../kinds/carousel-card.ts'
import type { MarkdownCardData, MarkdownCardOptions } from '../kinds/markdown-card.ts'
import type { RpaCardOptions, RpaPlugin } from '../kinds/rpa-card.ts'
import type { CardButton, CarouselImage } from '../layout/layout.ts'
import type { CardTemplate } from '../template/define-card.ts'

/** What the plugin adds to the context. All of them reply where the update came from. */
export interface CardsFlavor {
  /**
   * Replies with a card that shows markdown.
   *
   * @throws ApiError when the platform refuses (a missing permission is named); DingTalkError when it is not delivered.
   * @example
   * bot.on('chatbot', ctx => ctx.replyMarkdownCard('# 日报\n- 完成 3 项', { title: '今天', at: 'sender' }))
   */
  replyMarkdownCard(markdown: string, options?: MarkdownCardOptions): Promise<Card<MarkdownCardData>>
  /**
   * Replies with markdown and buttons below it.
   *
   * @throws as replyMarkdownCard
   * @example
   * await ctx.replyMarkdownButtonCard('请假 3 天', [{ text: '同意', id: 'approve', color: 'blue' }], { tips: '请审批' })
   */
  replyMarkdownButtonCard(
    markdown: string,
    buttons: readonly CardButton[],
    options?: ButtonCardOptions,
  ): Promise<Card<ButtonCardData>>
  /**
   * Replies with pictures to leaf through; its button calls back with `CAROUSEL_ACTION`.
   *
   * @throws as replyMarkdownCard
   * @example
   * await ctx.replyCarouselCard('选一张封面', [{ title: '第一张', image: '@lAL…' }], { buttonText: '就它了' })
   */
  replyCarouselCard(
    markdown: string,
    images: readonly CarouselImage[],
    options?: CarouselCardOptions,
  ): Promise<Card<CarouselCardData>>
  /** Replies with a card that runs an ability of an RPA plugin. @throws as replyMarkdownCard */
  replyRpaPluginCard(plugin: RpaPlugin, options?: RpaCardOptions): Promise<Card<RpaPlugin>>
  /**
   * Replies with a card of one's own template.
   *
   * @throws DingTalkError (`ERR_CARD_DATA`) when the data does not fit; else as replyMarkdownCard
   * @example
   * await ctx.replyCard(leave, { title: '请假申请', days: 3 }, { extra: { userId: 'u1' } })
   */
  replyCard<D extends object>(template: CardTemplate<D>, data: NoInfer<D>, options?: DeliverOptions): Promise<Card<D>>
  /**
   * A card whose text is written while people look at it. Nothing is sent until something is written.
   *
   * @example
   * await ctx.aiCard({ title: '助手' }).stream(textStream)
   */
  aiCard(options?: AiCardOptions): AiCard
}
