import { type CardButton, layoutOf } from '../template/layout.ts'
import { filled, named, privatesOf, type TemplateOptions, templateFor } from '../template/templates.ts'
import type { MarkdownCardData, MarkdownCardOptions } from './markdown-card.ts'
import type { CardPlan } from './send.ts'

/** The data of a card with buttons, as `update()` of such a card takes it: `card.update({ tips: '已批准', buttons: [] })`. */
export interface ButtonCardData extends MarkdownCardData {
  readonly tips: string
  readonly buttons: readonly CardButton[]
}

/**
 * The options of a card with buttons, and of its delivery.
 *
 * @example
 * await ctx.replyMarkdownButtonCard('请假 3 天', [{ text: '同意', id: 'approve' }], { tips: '请审批' })
 */
export interface ButtonCardOptions extends Omit<MarkdownCardOptions, 'template'> {
  /** A line above the buttons. */
  readonly tips?: string | undefined
  readonly template?: TemplateOptions['buttons']
}

export function buttonCard(
  templates: TemplateOptions | undefined,
  markdown: string,
  buttons: readonly CardButton[],
  { title, logo, tips = '', template: own, ...options }: ButtonCardOptions,
): CardPlan<ButtonCardData> {
  const template = templateFor('buttons', templates?.buttons, own)
  const variables = ({ buttons, ...texts }: Partial<ButtonCardData>) =>
    named(template, { ...texts, ...(buttons && { layout: layoutOf({ buttons }) }) })
  return {
    templateId: template.id,
    data: { markdown, ...filled({ title, logo }), tips, buttons },
    variables,
    private: privatesOf(template),
    options,
    texts: ['markdown', 'buttons'],
  }
}
