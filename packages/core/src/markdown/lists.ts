import type { Edits } from './edits.ts'
import { type Block, childBlocks, type Source } from './parse.ts'

/** Marker of a list item, with its line and range. */
interface Marker {
  readonly line: number
  readonly from: number
  readonly to: number
}

interface List {
  readonly block: Block
  readonly markers: readonly Marker[]
  /** True if it is inside another list. */
  readonly isNested: boolean
  /** True if another list directly precedes or follows; then only the markers tell them apart. */
  readonly hasNeighbour: boolean
}

const MARKER = /[ \t>]*([-+*]|\d{1,9}[.)])(?=[ \t]|$)/y
const RULE = /^[ \t>]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/

/** Writes list markers as DingTalk documents them: `-` for bullets, `1.` for numbers. */
export function plainMarkers(source: Source, edits: Edits): void {
  rewrite(source, edits, ({ hasNeighbour, block }, marker) => {
    if (hasNeighbour) return marker
    return block.type === 'bullet_list' ? '-' : `${marker.slice(0, -1)}.`
  })
}

/** Turns numbered lists inside other lists into bullets, since cards cannot show them. */
export function unnestNumbers(source: Source, edits: Edits): void {
  rewrite(source, edits, ({ isNested, block }, marker) =>
    // Padded to the width of the number, so that the lines below it in the item keep their indentation.
    isNested && block.type === 'ordered_list' ? '-'.padEnd(marker.length) : marker,
  )
}

function rewrite(source: Source, edits: Edits, to: (list: List, marker: string) => string): void {
  for (const list of listsOf(source)) {
    const changes = list.markers.map(({ line, from, to: end }) => {
      const text = edits.line(line)
      const marker = to(list, text.slice(from, end))
      return { line, text: text.slice(0, from) + marker + text.slice(end), item: marker + text.slice(end) }
    })
    // `* - -` is lists in a list, but `- - -` is a rule; a bullet with five spaces behind it is followed by code.
    const isWrong = changes.some(({ text, item }) => RULE.test(text) || /^- {5}/.test(item))
    if (!isWrong) for (const { line, text } of changes) edits.replace(line, text)
  }
}

function listsOf(source: Source): List[] {
  const lists: List[] = []
  const starts = new Map<number, number>()
  const visit = (blocks: readonly Block[], isNested: boolean): void => {
    for (const [i, block] of blocks.entries()) {
      if (!isList(block) && block.type !== 'blockquote') continue
      const children = childBlocks(source, block.from + 1, block.to - 1)
      if (!isList(block)) {
        visit(children, isNested)
        continue
      }
      const markers = children.flatMap(item => markerOf(source, item, starts))
      lists.push({ block, markers, isNested, hasNeighbour: isList(blocks[i - 1]) || isList(blocks[i + 1]) })
      for (const item of children) visit(childBlocks(source, item.from + 1, item.to - 1), true)
    }
  }
  visit(childBlocks(source), false)
  return lists
}

function isList(block: Block | undefined): boolean {
  return block?.type === 'bullet_list' || block?.type === 'ordered_list'
}

// `- 1. a` starts two items on one line: `starts` holds the offset from which the next one is searched.
function markerOf(source: Source, { start: line }: Block, starts: Map<number, number>): Marker[] {
  MARKER.lastIndex = starts.get(line) ?? 0
  const found = MARKER.exec(source.lines[line] ?? '')
  if (!found) return []
  const to = found.index + found[0].length
  starts.set(line, to)
  return [{ line, from: to - (found[1]?.length ?? 0), to }]
}
