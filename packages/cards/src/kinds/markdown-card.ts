import type { DeliverOptions } from '../template/deliver-options.ts'
import { filled, named, type TemplateOptions, templateFor } from '../template/templates.ts'
import type { CardPlan } from './send.ts'

/** The data of a card that shows markdown, as `update()` of such a card takes it: `card.update({ markdown: '完成' })`. */
export interface MarkdownCardData {
  readonly markdown: string
  readonly title?: string | undefined
  readonly logo?: string | undefined
}

/**
 * The options of a card that shows markdown, and of its delivery.
 *
 * @example
 * await ctx.replyMarkdownCard('- 完成 3 项', { title: '日报', at: 'sender' })
 */
export interface MarkdownCardOptions extends DeliverOptions {
  /** Shown above the text. */
  readonly title?: string | undefined
  /** A mediaId (`@lAL…`). */
  readonly logo?: string | undefined
  readonly template?: TemplateOptions['markdown']
}

export function markdownCard(
  templates: TemplateOptions | undefined,
  markdown: string,
  { title, logo, template: own, ...options }: MarkdownCardOptions,
): CardPlan<MarkdownCardData> {
  const template = templateFor('markdown', templates?.markdown, own)
  const variables = (data: Partial<MarkdownCardData>) => named(template, data)
  const data = { markdown, ...filled({ title, logo }) }
  return { templateId: template.id, data, variables, options, texts: ['markdown'] }
}
