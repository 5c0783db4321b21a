import type MarkdownIt from 'markdown-it'
import { emoji } from './emoji.ts'

const lineBreak = /^<br\s*\/?>/i
const font = /^<(\/?)font\b([^<>]*)>/i
const mention = /^<a\s+atId=[^<>]*>([^<>]*)<\/a>/i
const name = /^\[([\u4e00-\u9fffA-Za-z]{1,8})\]/u

/** The colours that a `colorTokenV2` may name, such as `common_red1_color`. */
const hues = ['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'gray'] as const

/** The sizes that a `sizeToken` may name in full, such as `common_h3_text_style__font_size`. */
const size = /sizeToken=["']?common_(largest|h[1-5]|body|footnote)_text_style__font_size\b/i

/**
 * Reads what DingTalk knows in a card's markdown beside markdown: `<br>` breaks the line, `<font …>` colours
 * and sizes, `<a atId=…>`
 * mentions, `[微笑]` is an emoji (open.dingtalk.com: markdown-variable-new).
 */
export function cardTags(md: MarkdownIt): void {
  // A bot may open a colour in one paragraph and close it in the next, but a tag of ours begins and ends in one piece of
  // text: markdown-it throws at a close too many.
  const open = new WeakMap<State, number>()
  md.inline.ruler.before('autolink', 'card_tags', (state, silent) => {
    if (state.src.charAt(state.pos) !== '<') return false
    const rest = state.src.slice(state.pos, state.pos + 200)
    const isBreak = lineBreak.exec(rest)
    const tag = isBreak ?? font.exec(rest) ?? mention.exec(rest)
    if (tag === null) return false
    if (!silent) {
      if (isBreak) state.push('hardbreak', 'br', 0)
      else if (tag[0].startsWith('<a')) pushSpan(state, 'mention', `@${(tag[1] ?? '').replace(/^@/, '')}`)
      else pushFont(state, tag[1] === '/', tag[2] ?? '', open)
    }
    state.pos += tag[0].length
    return true
  })
  md.inline.ruler2.push('close_fonts', state => {
    for (let left = open.get(state) ?? 0; left > 0; left--) state.push('span_close', 'span', -1)
    return false
  })
  md.inline.ruler.before('link', 'emoji', (state, silent) => {
    if (state.src.charAt(state.pos) !== '[') return false
    const found = name.exec(state.src.slice(state.pos, state.pos + 12))
    const sign = found && emoji.get(found[1] ?? '')
    if (!found || !sign) return false
    if (!silent) state.pending += sign
    state.pos += found[0].length
    return true
  })
}

type State = Parameters<Parameters<MarkdownIt['inline']['ruler']['before']>[2]>[0]

function pushSpan(state: State, className: string, text: string): void {
  state.push('span_open', 'span', 1).attrs = [['class', className]]
  state.push('text', '', 0).content = text
  state.push('span_close', 'span', -1)
}

function pushFont(state: State, closes: boolean, attributes: string, open: WeakMap<State, number>): void {
  const count = open.get(state) ?? 0
  if (closes) {
    if (count === 0) return
    open.set(state, count - 1)
    state.push('span_close', 'span', -1)
    return
  }
  open.set(state, count + 1)
  const token = /colorTokenV2=["']?(\w+)/i.exec(attributes)?.[1]?.toLowerCase() ?? ''
  const hue = hues.find(one => token.includes(one))
  const height = size.exec(attributes)?.[1]?.toLowerCase()
  const classes = [hue && `font-${hue}`, height && `font-size-${height}`].filter(Boolean).join(' ')
  state.push('span_open', 'span', 1).attrs = classes === '' ? [] : [['class', classes]]
}
