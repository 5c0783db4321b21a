/** Card template that shows markdown as the answer to a graph call; the one of the platform's Python SDK. */
const TEMPLATE = 'd28e2ac5-fb34-4d93-94bc-cf5c580c2d4f.schema'

/** Converts markdown to the body by which a session webhook takes the answer to a graph call. */
export function graphCardOf(markdown: string): object {
  return { contentType: 'ai_card', content: { templateId: TEMPLATE, cardData: { content: markdown } } }
}
