import { AI_CARD_STATUS } from '../engine/status.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import { CAROUSEL_ORDER, type CarouselImage, layoutOf, type Section } from '../template/layout.ts'
import { filled, named, type TemplateOptions, templateFor } from '../template/templates.ts'
import type { CardPlan } from './send.ts'
import { statesOf } from './states.ts'

/**
 * The id that the button of a carousel calls back with.
 *
 * @example
 * bot.action(CAROUSEL_ACTION, ctx => ctx.respond({ card: { msgTitle: '已选择' } }))
 *
 * All carousels share it; `carouselAction()` also reads what was selected.
 */
export const CAROUSEL_ACTION = 'image_slider_select_button'

/** The data of a card with pictures to leaf through, as `update()` of such a card takes it. */
export interface CarouselCardData {
  readonly markdown: string
  readonly images: readonly CarouselImage[]
  readonly title?: string | undefined
  readonly logo?: string | undefined
}

/**
 * The options of a card with pictures to leaf through, and of its delivery.
 *
 * @example
 * await ctx.replyCarouselCard('选一张封面', [{ title: '第一张', image: '@lAL…' }], { buttonText: '就它了' })
 */
export interface CarouselCardOptions extends DeliverOptions {
  /** The text of the button. Default `提交`. */
  readonly buttonText?: string | undefined
  readonly title?: string | undefined
  readonly logo?: string | undefined
  readonly order?: readonly Section[] | undefined
  readonly template?: TemplateOptions['carousel']
}

export function carouselCard(
  templates: TemplateOptions | undefined,
  markdown: string,
  images: readonly CarouselImage[],
  { buttonText = '提交', title, logo, order = CAROUSEL_ORDER, template: own, ...options }: CarouselCardOptions,
): CardPlan<CarouselCardData> {
  const template = templateFor('carousel', templates?.carousel, own)
  const buttons = [{ text: buttonText, color: 'blue', id: CAROUSEL_ACTION }] as const
  const variables = ({ markdown, images, ...texts }: Partial<CarouselCardData>) =>
    named(template, {
      ...texts,
      staticContent: markdown,
      status: AI_CARD_STATUS.finished,
      ...(images && { layout: layoutOf({ order, images, buttons }) }),
    })
  return {
    templateId: template.id,
    data: { markdown, images, ...filled({ title, logo }) },
    variables,
    states: statesOf(template),
    options,
  }
}
