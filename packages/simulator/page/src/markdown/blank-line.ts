import type MarkdownIt from 'markdown-it'
import list from 'markdown-it/lib/rules_block/list.mjs'
import table from 'markdown-it/lib/rules_block/table.mjs'

/**
 * Lets tables and ordered lists begin only after a blank line, as in DingTalk; CommonMark lets them break a paragraph.
 *
 * Without it a message would look right here and fall together on the phone.
 */
export function requireBlankLine(md: MarkdownIt, options: { table: boolean; orderedList: boolean }): void {
  if (options.table) md.block.ruler.at('table', table, { alt: [] })
  if (!options.orderedList) return
  md.block.ruler.at(
    'list',
    (state, line, end, silent) => {
      const begun = silent && state.parentType === 'paragraph' && state.listIndent < 0
      const first = state.src.charAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0))
      return begun && first >= '0' && first <= '9' ? false : list(state, line, end, silent)
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  )
}

/**
 * Leaves the numbers of an ordered list within another list as text: in a DingTalk card they cannot nest
 * (open.dingtalk.com: markdown-variable-new).
 */
export function forbidNestedOrder(md: MarkdownIt): void {
  md.block.ruler.at(
    'list',
    (state, line, end, silent) => {
      const first = state.src.charAt((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0))
      // What is less indented than the item is no part of it, but the next one.
      const isNested = state.listIndent >= 0 && (state.sCount[line] ?? 0) >= state.blkIndent
      return isNested && first >= '0' && first <= '9' ? false : list(state, line, end, silent)
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  )
}
