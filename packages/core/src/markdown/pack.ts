import { rawUnit } from './leaf-units.ts'
import type { Limits } from './limits.ts'
import { applyPath, blankLine, type Item, isItem, restsIn, tellApart } from './path.ts'
import type { Unit } from './unit.ts'

interface Part {
  text: string
  bytes: number
  units: Unit[]
  opened: Set<Item>
  /** Where the headings at the end start: they go along with what follows them. */
  headings?: { readonly text: number; readonly units: number }
}

/** Lays units into parts, in order: each part takes as many as fit. */
export function pack(units: readonly Unit[], limits: Limits): string[] {
  const parts: string[] = []
  const passed = new Set<Item>()
  const work = units.toReversed()
  let part = emptyPart()

  const flush = (carries: boolean): void => {
    const kept = carries ? part.headings : undefined
    const cut = kept && kept.units > 0 ? kept : { text: part.text.length, units: part.units.length }
    if (cut.text > 0) parts.push(part.text.slice(0, cut.text))
    for (const { path } of part.units.slice(0, cut.units)) for (const item of path.filter(isItem)) passed.add(item)
    part = part.units.slice(cut.units).reduce((next, unit) => added(next, unit, unit.text()), emptyPart())
  }
  const added = (to: Part, unit: Unit, text: string): Part =>
    append(to, unit, rendered(to, unit, text, passed), limits, passed)
  const fits = (to: Part, unit: Unit, text: string): boolean => {
    if (to.text.length + text.length > limits.maxChars) return false
    const more = rendered(to, unit, text, passed)
    return to.text.length + more.length <= limits.maxChars && to.bytes + limits.bytesOf(more) <= limits.maxBytes
  }
  const fitsWhole = (to: Part, unit: Unit): boolean =>
    to.text.length + unit.length <= limits.maxChars && fits(to, unit, unit.text())
  const add = (unit: Unit): void => {
    part = added(part, unit, unit.text())
  }

  const placeInNewPart = (unit: Unit): boolean => {
    if (part.units.length === 0) return false
    const isInside = unit.path.some(isItem)
    if (unit.type === 'list' && (isInside || part.text.length < limits.maxChars / 2)) return false
    const headings = part.units.slice(part.headings?.units ?? part.units.length)
    const next = headings.reduce((to, heading) => added(to, heading, heading.text()), emptyPart())
    const carries = fitsWhole(next, unit)
    if (!carries && !(unit.isWhole && fitsWhole(emptyPart(), unit))) return false
    flush(carries)
    return true
  }
  const takeFrom = (unit: Unit): void => {
    if (part.text.length > limits.maxChars * 0.75) flush(true)
    for (;;) {
      const isFresh = part.units.length === 0
      const taken = unit.take?.(text => fits(part, unit, text), isFresh)
      if (taken?.text !== undefined) {
        part = added(part, unit, taken.text)
        flush(false)
      }
      if (taken) return void work.push(...taken.rest.toReversed())
      // Raw text without containers always gives a piece.
      if (isFresh) return void work.push(rawUnit({ path: [], blanks: 1 }, unit.text(), limits))
      flush(true)
    }
  }

  for (let unit = work.pop(); unit; unit = work.pop()) {
    const rests = restsIn(unit.path, { opened: part.opened, passed })
    const before = restsIn(part.units.at(-1)?.path ?? [], { opened: part.opened, passed })
    // What is left of two lists, one of which stands in the other, would become one list.
    if (unit.type === 'item' && rests > 0 && before > rests) flush(false)
    // The numbers of such a list have to be told apart from those around it, which is done item by item.
    if (unit.type === 'list' && rests > 0 && unit.divide) work.push(...unit.divide().toReversed())
    else if (fitsWhole(part, unit)) add(unit)
    else if (placeInNewPart(unit)) add(unit)
    else if (unit.divide) work.push(...unit.divide().toReversed())
    else takeFrom(unit)
  }
  flush(false)
  return parts
}

function emptyPart(): Part {
  return { text: '', bytes: 0, units: [], opened: new Set() }
}

/** What the unit adds to the part: the line break before it, and its text in its containers. */
function rendered(part: Part, unit: Unit, text: string, passed: ReadonlySet<Item>): string {
  const progress = { opened: part.opened, passed }
  const own = applyPath(unit.type === 'item' ? tellApart(text, unit.path, progress) : text, unit.path, progress)
  const last = part.units.at(-1)
  if (!last) return own
  // Raw text, and what is left of an item, would run on into the next block.
  const isLoose = last.type === 'raw' || unit.type === 'raw' || restsIn(last.path, progress) > 0
  const blanks = Math.max(unit.blanks, isLoose ? 1 : 0)
  return `\n${`${blankLine(last.path, unit.path, progress)}\n`.repeat(blanks)}${own}`
}

function append(part: Part, unit: Unit, text: string, { bytesOf }: Limits, passed: ReadonlySet<Item>): Part {
  const headings = part.headings ?? { text: part.text.length, units: part.units.length }
  if (unit.type === 'heading') part.headings = headings
  else delete part.headings
  part.text += text
  part.bytes += bytesOf(text)
  part.units.push(unit)
  for (const item of unit.path.filter(isItem)) if (!passed.has(item)) part.opened.add(item)
  return part
}
