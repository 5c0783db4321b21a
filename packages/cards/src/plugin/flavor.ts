import type { StandardSchemaV1 } from '@dingware/core'
import type { AiCard, AiCardOptions } from '../ai-card/options.ts'
import type { Card } from '../deliver/card.ts'
import type { Choice, ChoiceOption, ChoiceValue, ChooseOptions, Confirmed } from '../flow/choose.ts'
import type { ClickedCardData } from '../flow/clicked-card.ts'
import type { FormCard, FormOptions, Submission } from '../flow/form.ts'
import type { ButtonCardData, ButtonCardOptions } from '../kinds/button-card.ts'
import type { CarouselCardData, CarouselCardOptions } from '../kinds/carousel-card.ts'
import type { MarkdownCardData, MarkdownCardOptions } from '../kinds/markdown-card.ts'
import type { RpaCardOptions, RpaPlugin } from '../kinds/rpa-card.ts'
import type { CardTemplate } from '../template/define-card.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import type { CardButton, CarouselImage } from '../template/layout.ts'

/**
 * The helpers that the plugin adds to the context. All of them reply where the update came from.
 *
 * @example
 * type MyContext = Context & CardsFlavor
 * const report = (ctx: MyContext) => ctx.replyMarkdownCard('# 日报')
 *
 * Somebody without a userId gets the text in a message instead, as no card can be delivered to them.
 */
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
  /**
   * Asks for a yes, and waits for it; the handler holds no slot and no turn meanwhile. Truthy only when somebody confirmed;
   * `false`: declined; `undefined`: nobody answered in time. The card then shows the outcome and has no buttons.
   *
   * A question lives as long as this process, and is known to no other: for answers after days use `bot.action`.
   *
   * @throws as replyMarkdownCard; DingTalkError `ERR_STOPPED` when the bot stops; the reason of `signal`.
   * @example
   * if (await ctx.confirm('要重启 **web-1** 吗？')) await restart()
   */
  confirm(markdown: string, options?: ChooseOptions): Promise<Confirmed | false | undefined>
  /**
   * Asks to choose one of several; `undefined` when nobody did in time. Else as confirm.
   *
   * @example
   * const day = await ctx.choose('哪天？', ['周一', '周二'])
   * if (day) await ctx.replyText(day.value)
   */
  choose<const O extends readonly ChoiceOption[]>(
    markdown: string,
    options: O,
    more?: ChooseOptions,
  ): Promise<Choice<ChoiceValue<O>> | undefined>
  /**
   * Asks to fill in a form; `false`: given up; `undefined`: nobody did in time. What does not fit the schema is told to the
   * one who filled it in, and the question stays open. Else as confirm.
   *
   * @param schema of any library that knows Standard Schema; fields come as text, selects by what was selected.
   * @example
   * const leave = await ctx.form({ template: FORM, title: '请假', fields: [{ name: 'days', label: '天数', type: 'number' }] },
   *   v.object({ days: v.pipe(v.string(), v.toNumber()) }))
   */
  form<Output>(
    card: FormCard,
    schema: StandardSchemaV1<unknown, Output>,
    options?: FormOptions,
  ): Promise<Submission<Output> | false | undefined>
  /**
   * The card that was clicked; its update goes into the answer to the click while that is open. It cannot be recalled.
   * @throws DingTalkError (`ERR_NO_CARD`) where nothing was clicked.
   */
  readonly card: Card<ClickedCardData>
}
