import type { PageContent } from '../../../src/page/protocol.ts'
import type { Texts } from '../i18n/en.ts'

const longest = 80

type Words = Pick<
  Texts,
  'cardPreview' | 'picturePreview' | 'filePreview' | 'voicePreview' | 'videoPreview' | 'linkPreview' | 'recalled'
>

/** Says in one line what a message holds. A markdown message has its title for exactly this: DingTalk shows it nowhere else. */
export function previewOf(content: PageContent, texts: Words): string {
  return oneLine(wordsOf(content, texts))
}

function wordsOf(content: PageContent, texts: Words): string {
  switch (content.kind) {
    case 'text':
      return content.text
    case 'markdown':
    case 'actionCard':
    case 'chatRecord':
      return content.title
    case 'richText':
      return content.parts.map(part => richWords(part, texts)).join(' ')
    case 'image':
      return texts.picturePreview
    case 'file':
      return `${texts.filePreview} ${content.file.name}`
    case 'audio':
      return `${texts.voicePreview} ${content.recognition}`
    case 'video':
      return texts.videoPreview
    case 'link':
      return `${texts.linkPreview} ${content.title}`
    case 'feedCard':
      return `${texts.linkPreview} ${content.links[0]?.title ?? ''}`
    case 'interactiveCard':
      return `${texts.cardPreview} ${content.title}`
    case 'card':
      return `${texts.cardPreview} ${titleOf(content.variables)}`
    case 'recalled':
      return texts.recalled
    case 'other':
      return `[${content.msgtype}]`
    default:
      return ''
  }
}

function richWords(part: Extract<PageContent, { kind: 'richText' }>['parts'][number], texts: Words): string {
  if ('text' in part) return part.text
  if ('at' in part) return `@${part.at}`
  return 'skill' in part ? part.skill : texts.picturePreview
}

/** The first of the variables that well-known templates have for it. */
function titleOf({ title, msgTitle, goal, markdown, msgContent, content }: Readonly<Record<string, string>>): string {
  return title || msgTitle || goal || markdown || msgContent || content || ''
}

// Cut before the spaces are folded: a text may be 20 kB long, and this runs at every render.
function oneLine(words: string): string {
  return words
    .slice(0, 2 * longest)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longest)
}
