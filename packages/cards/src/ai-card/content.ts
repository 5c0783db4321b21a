import { AI_ORDER, layoutOf } from '../layout/layout.ts'
import { type AiName, named, type Template } from '../template/templates.ts'
import { toVariables } from '../variables/variables.ts'
import type { AiCardContent } from './options.ts'

/** What is shown besides the text, as variables of the template. */
export function contentVariables(template: Template<AiName>, content: AiCardContent): Record<string, string> {
  const { title, logo, staticMarkdown, tips, buttons, order = AI_ORDER, source, data } = content
  const values = {
    title,
    logo,
    staticContent: staticMarkdown,
    tips,
    layout: layoutOf({ order, buttons, source }),
  }
  return toVariables({ ...named(template, values), ...data })
}

/** The same for a card that goes on in another: what belongs below the text is there. */
export function frozenVariables(template: Template<AiName>, content: AiCardContent): Record<string, string> {
  const { title, logo, order, data } = content
  const below = {
    ...(content.staticMarkdown !== undefined && { staticMarkdown: '' }),
    ...(content.tips !== undefined && { tips: '' }),
  }
  return contentVariables(template, { title, logo, order, data, ...below })
}

/** Later values go over earlier ones; what is undefined leaves them. */
export function mergeContent(before: AiCardContent, after: AiCardContent): AiCardContent {
  const given = Object.entries(after).filter(([, value]) => value !== undefined)
  const data = { ...before.data, ...after.data }
  return { ...before, ...Object.fromEntries(given), ...(Object.keys(data).length > 0 && { data }) }
}
