import MarkdownIt from 'markdown-it'
import { forbidNestedOrder, requireBlankLine } from './blank-line.ts'
import { cardTags } from './card-tags.ts'
import { linkAddresses } from './linkify.ts'

/** `message` is the markdown of robot messages, `card` that of card variables: DingTalk reads them differently. */
export type Dialect = 'message' | 'card'

const parsers: Readonly<Record<Dialect, MarkdownIt>> = { message: messageParser(), card: cardParser() }

/**
 * Turns markdown into HTML that holds no tag of the author's own.
 *
 * Hint: a second guard, {@link sanitize}, stands between this and the page.
 */
export function parse(source: string, dialect: Dialect): string {
  return parsers[dialect].render(source)
}

function messageParser(): MarkdownIt {
  return commonParser().use(requireBlankLine, { table: true, orderedList: true })
}

function cardParser(): MarkdownIt {
  return commonParser().use(requireBlankLine, { table: true, orderedList: false }).use(forbidNestedOrder).use(cardTags)
}

function commonParser(): MarkdownIt {
  // `breaks: false`: a single line break collapses in DingTalk, and a bot's author should see it here first.
  const md = new MarkdownIt('default', { html: false, linkify: true, breaks: false })
  linkAddresses(md)
  md.core.ruler.push('align_by_class', state => {
    for (const token of state.tokens) alignByClass(token)
  })
  md.core.ruler.push('media_ids', state => {
    for (const { children } of state.tokens) for (const token of children ?? []) showMedia(token)
  })
  md.core.ruler.push('headings', state => {
    for (const token of state.tokens) levelHeading(token)
  })
  md.renderer.rules.table_open = () => '<div class="table"><table>\n'
  md.renderer.rules.table_close = () => '</table></div>\n'
  return md
}

// The page's policy forbids inline styles, which is how markdown-it aligns the columns of a table.
function alignByClass(token: { attrs: [string, string][] | null }): void {
  token.attrs =
    token.attrs?.map(([name, value]) =>
      name === 'style' ? ['class', value.replace('text-align:', 'align-')] : [name, value],
    ) ?? null
}

// A media id stands for a picture that the bot has uploaded: `![](@lAL…)`.
function showMedia(token: {
  type: string
  attrGet(name: string): string | null
  attrSet(name: string, value: string): void
}) {
  const source = token.type === 'image' ? token.attrGet('src') : null
  if (source && /^[@$]\w/.test(source)) token.attrSet('src', `/_sim/media/${encodeURIComponent(source)}`)
}

// Below the title of the chat there is one level, whatever an author begins with: a heading that skips levels sends those
// who listen astray. How large it is shown is told by its class.
function levelHeading(token: { type: string; tag: string; attrSet(name: string, value: string): void }) {
  if (token.type === 'heading_open') token.attrSet('class', `heading-${token.tag.slice(1)}`)
  if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = 'h3'
}
