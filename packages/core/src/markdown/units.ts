import { columnsOf, stripColumns, unquote } from './columns.ts'
import { closeFences, type FencedCode, fenceAround, openFence } from './fence.ts'
import { fenceUnit, rawUnit, tableUnit, textUnit } from './leaf-units.ts'
import type { Limits } from './limits.ts'
import { type Block, childBlocks, isBlank, parseBlocks, type Source } from './parse.ts'
import { type Container, type Item, widthOf } from './path.ts'
import type { Place, Unit } from './unit.ts'

const DEEPEST = 8

/** Share of a part (one in so many) that quote marks and indentation may take; beyond it they are dropped. */
const MARKS_SHARE = 8

/** Divides a text into units. All its fences have to be closed. */
export function unitsOf(text: string, place: Place, limits: Limits): Unit[] {
  const source = parseBlocks(text)
  const { lines } = source
  const units: Unit[] = []
  let done = 0
  const add = (to: number, make: (place: Place) => Unit): void => {
    let start = done
    while (start < to && isBlank(lines[start])) start++
    units.push(make({ path: place.path, blanks: units.length === 0 ? place.blanks : start - done }))
    done = to
  }
  // markdown-it has no tokens for link definitions; those that are still here are needed.
  const addGap = (to: number): void => {
    const gap = lines.slice(done, to)
    if (gap.some(line => !isBlank(line))) add(to - trailingBlanks(gap), at => rawUnit(at, trimBlanks(gap), limits))
  }
  for (const block of childBlocks(source)) {
    addGap(block.start)
    add(block.end, at => unitOf(source, block, at, limits))
  }
  addGap(lines.length)
  return units
}

function trailingBlanks(lines: readonly string[]): number {
  return lines.length - 1 - lines.findLastIndex(line => !isBlank(line))
}

function trimBlanks(lines: readonly string[]): string {
  const first = lines.findIndex(line => !isBlank(line))
  return lines.slice(first, lines.length - trailingBlanks(lines)).join('\n')
}

function unitOf(source: Source, block: Block, place: Place, limits: Limits): Unit {
  const lines = source.lines.slice(block.start, block.end)
  const text = lines.join('\n')
  const longest = limits.maxChars / MARKS_SHARE
  switch (block.type) {
    case 'heading':
      return textUnit('heading', place, text, limits)
    case 'fence':
      return codeUnit(openFence(lines, source.tokens[block.from]?.markup ?? '', longest), text, place, limits)
    case 'code_block':
      return codeUnit(fenceAround(lines.map(line => stripColumns(line, 4))), text, place, limits)
    case 'table':
      if (lines.slice(0, 2).join('\n').length > limits.maxChars / 2) return rawUnit(place, text, limits)
      return tableUnit(place, lines, limits)
    case 'bullet_list':
    case 'ordered_list':
      return containerUnit('list', place, text, () => items(source, block, place, limits))
    case 'blockquote': {
      const divide = (): Unit[] => inside(lines.map(unquote), { kind: 'quote' }, place, limits)
      return containerUnit('block', place, text, divide)
    }
    case 'html_block':
      return { ...rawUnit(place, text, limits), text: () => text, length: text.length }
    default:
      return textUnit('block', place, text, limits)
  }
}

function codeUnit(code: FencedCode, text: string, place: Place, limits: Limits): Unit {
  const unit = fenceUnit(place, code, { lines: code.lines, from: 0 }, limits)
  // As a whole it is kept as written, unless its fence alone would be too much.
  return code.isOverlong ? unit : { ...unit, length: text.length, text: () => text }
}

function containerUnit(type: Unit['type'], place: Place, text: string, divide: () => Unit[]): Unit {
  return { type, ...place, length: text.length, text: () => text, divide }
}

/** Units inside a quote or an item, or its bare text if that is nested too deeply. */
function inside(content: readonly string[], container: Container, place: Place, limits: Limits): Unit[] {
  const path = [...place.path, container]
  const text = content.join('\n')
  if (path.length <= DEEPEST && widthOf(path) <= limits.maxChars / MARKS_SHARE) {
    // Beyond a hundred levels markdown-it sees no fences; some become visible only now.
    return unitsOf(closeFences(text), { path, blanks: place.blanks }, limits)
  }
  return [rawUnit(place, content.map(line => line.replace(/^(?:[ \t>]|[-+*](?=[ \t]|$))+/, '')).join('\n'), limits)]
}

function items(source: Source, list: Block, place: Place, limits: Limits): Unit[] {
  const first = Number(source.tokens[list.from]?.attrGet('start') ?? 1)
  let end = list.start
  return childBlocks(source, list.from + 1, list.to - 1).map((block, i) => {
    const blanks = i === 0 ? place.blanks : block.start - end
    end = block.end
    const ordinal = list.type === 'ordered_list' ? first + i : undefined
    return itemUnit(source.lines.slice(block.start, block.end), ordinal, { path: place.path, blanks }, limits)
  })
}

const MARKER = /^([ \t]*)([-+*]|\d{1,9}(?=[.)]))([.)]?)([ \t]*)(.*)$/s

function itemUnit(lines: readonly string[], ordinal: number | undefined, place: Place, limits: Limits): Unit {
  const [, indent = '', mark = '', delimiter = '', gap = '', rest = ''] = MARKER.exec(lines[0] ?? '') ?? []
  const start = columnsOf(indent + mark + delimiter)
  const gapWidth = columnsOf(gap, start)
  // Five or more columns start indented code, of which the marker has the first one.
  const width = rest === '' || gapWidth > 4 ? 1 : gapWidth
  const content = [
    stripColumns(gap + rest, width, start),
    ...lines.slice(1).map(line => stripColumns(line, start + width)),
  ]
  // A part may start with any item, so each needs its own number.
  const number = ordinal === undefined ? mark : String(ordinal)
  const item: Item = { kind: 'item', marker: number + delimiter + ' '.repeat(width) }
  const whole = content.map(
    (line, i) => (i === 0 ? item.marker : line === '' ? '' : ' '.repeat(item.marker.length)) + line,
  )
  return containerUnit('item', place, whole.join('\n'), () => inside(content, item, place, limits))
}
