import { type Edits, trimEnd } from './edits.ts'
import { type Block, childBlocks, type Source } from './parse.ts'

/** Puts blank lines around tables and before numbered lists; without these DingTalk does not recognise them. */
export function spaceBlocks(source: Source, edits: Edits): void {
  const visit = (blocks: readonly Block[], isInList: boolean, quotes: number): void => {
    blocks.forEach((block, i) => {
      const isNumbered = block.type === 'ordered_list' && !isInList
      // The first block of a quote or item needs no blank line before it.
      if ((block.type === 'table' || isNumbered) && i > 0) separate(source, edits, block.start, quotes)
      if (block.type === 'table' && i < blocks.length - 1) separate(source, edits, block.end, quotes)
      const children = isContainer(block) ? childBlocks(source, block.from + 1, block.to - 1) : []
      visit(children, isInList || block.type === 'list_item', quotes + (block.type === 'blockquote' ? 1 : 0))
    })
  }
  visit(childBlocks(source), false, 0)
}

function isContainer({ type }: Block): boolean {
  return type === 'blockquote' || type === 'bullet_list' || type === 'ordered_list' || type === 'list_item'
}

function separate({ lines }: Source, edits: Edits, at: number, quotes: number): void {
  const prefix = prefixOf(lines[at] ?? '', quotes)
  if (!/^[ \t>]*$/.test(lines[at - 1] ?? '') && !/^[ \t>]*$/.test(lines[at] ?? ''))
    edits.insertBefore(at, trimEnd(prefix))
}

/**
 * Writes tables as IM messages show them: each row between `|`, and `:-:` for each column. With `---`, as in other
 * dialects, some clients show the source (soimy/openclaw-channel-dingtalk#562).
 */
export function plainTables(source: Source, edits: Edits): void {
  let start = 0
  let columns = 0
  let quotes = 0
  let item: number | undefined
  for (const { type, map } of source.tokens) {
    if (type === 'blockquote_open') quotes++
    if (type === 'blockquote_close') quotes--
    if (type === 'thead_open') [start, columns] = [map?.[0] ?? 0, 0]
    if (type === 'th_open') columns++
    if (type === 'thead_close') {
      edits.replace(start + 1, `${prefixOf(edits.line(start + 1), quotes)}|${':-:|'.repeat(columns)}`)
    }
    if (type === 'list_item_open') item = map?.[0]
    // The first row may follow the marker of an item; then it is left as it is.
    if (type === 'tr_open' && map && map[0] !== item) edits.replace(map[0], enclosed(edits.line(map[0]), quotes))
  }
}

function enclosed(line: string, quotes: number): string {
  const row = trimEnd(line)
  const prefix = prefixOf(row, quotes)
  const cells = row.slice(prefix.length)
  const start = cells.startsWith('|') ? '' : '| '
  const end = /(?<!\\)\|$/.test(cells) && cells !== '|' ? '' : ' |'
  return prefix + start + cells + end
}

/** Quote marks and indentation at the start of a line. */
function prefixOf(line: string, quotes: number): string {
  return new RegExp(`^(?:[ \\t]*>){0,${quotes}}[ \\t]*`).exec(line)?.[0] ?? ''
}
