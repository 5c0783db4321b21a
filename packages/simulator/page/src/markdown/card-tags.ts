import type MarkdownIt from 'markdown-it'

const lineBreak = /^<br\s*\/?>/i
const font = /^<\/?font\b[^<>]*>/i

/** Reads the two tags that DingTalk knows in a card's markdown: `<br>` breaks the line, `<font …>` is passed over. */
export function cardTags(md: MarkdownIt): void {
  md.inline.ruler.before('autolink', 'card_tags', (state, silent) => {
    if (state.src.charAt(state.pos) !== '<') return false
    const rest = state.src.slice(state.pos, state.pos + 200)
    const tag = lineBreak.exec(rest) ?? font.exec(rest)
    if (tag === null) return false
    if (!silent && lineBreak.test(tag[0])) state.push('hardbreak', 'br', 0)
    state.pos += tag[0].length
    return true
  })
}
