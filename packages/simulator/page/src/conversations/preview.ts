import type { PageContent } from '../../../src/page/protocol.ts'
import type { Texts } from '../i18n/en.ts'

const longest = 80

/** Says in one line what a message holds. A markdown message has its title for exactly this: DingTalk shows it nowhere else. */
export function previewOf(content: PageContent, texts: Pick<Texts, 'cardPreview'>): string {
  return oneLine(wordsOf(content, texts))
}

function wordsOf(content: PageContent, texts: Pick<Texts, 'cardPreview'>): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'markdown':
      return content.title
    case 'card':
      return `${texts.cardPreview} ${content.variables.title ?? content.variables.markdown ?? ''}`
    case 'other':
      return `[${content.msgtype}]`
    default:
      return ''
  }
}

// Cut before the spaces are folded: a text may be 20 kB long, and this runs at every render.
function oneLine(words: string): string {
  return words
    .slice(0, 2 * longest)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
}
