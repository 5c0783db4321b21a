import type { Limits } from './limits.ts'
import { applyPath, blankLine, isItem, type Progress, restsIn, tellApart } from './path.ts'
import type { Unit } from './unit.ts'

/** Part under construction. */
export interface Part {
  readonly text: string
  /** Size of the text as `bytesOf` counts it. */
  readonly bytes: number
  readonly progress: Progress
  /** Last unit; none while the part is empty. */
  readonly last?: Unit
  /** Headings at its end, which move along with what follows them, and the part without these. */
  readonly headings?: { readonly units: readonly Unit[]; readonly before: Part }
}

export const EMPTY: Part = { text: '', bytes: 0, progress: { opened: new Set(), passed: new Set() } }

/** Appends a unit, or the piece `text` of it, to a part. */
export function append(part: Part, unit: Unit, { bytesOf }: Limits, text: string = unit.text()): Part {
  const more = rendered(part, unit, text)
  const { opened, passed } = part.progress
  const items = unit.path.filter(isItem).filter(item => !passed.has(item) && !opened.has(item))
  const { units, before } = part.headings ?? { units: [], before: part }
  return {
    text: part.text + more,
    bytes: part.bytes + bytesOf(more),
    progress: items.length === 0 ? part.progress : { passed, opened: new Set([...opened, ...items]) },
    last: unit,
    ...(unit.type === 'heading' ? { headings: { units: [...units, unit], before } } : {}),
  }
}

/** True if the unit, or the piece `text` of it, fits at the end of the part. */
export function fits(part: Part, unit: Unit, { maxChars, maxBytes, bytesOf }: Limits, text?: string): boolean {
  if (part.text.length + (text?.length ?? unit.length) > maxChars) return false
  const more = rendered(part, unit, text ?? unit.text())
  return part.text.length + more.length <= maxChars && part.bytes + bytesOf(more) <= maxBytes
}

/** Text that the unit adds to the part: line breaks before it, and its own text with quote marks and indentation. */
function rendered({ last, progress }: Part, unit: Unit, text: string): string {
  const own = applyPath(unit.type === 'item' ? tellApart(text, unit.path, progress) : text, unit.path, progress)
  if (!last) return own
  // Raw text, or the rest of an item, would merge with the next block.
  const isLoose = last.type === 'raw' || unit.type === 'raw' || restsIn(last.path, progress) > 0
  const blanks = Math.max(unit.blanks, isLoose ? 1 : 0)
  return `\n${`${blankLine(last.path, unit.path, progress)}\n`.repeat(blanks)}${own}`
}

/**
 * Finishes a part, so that `next` can go into a new one.
 *
 * @param carries moves headings at the end of the part along
 */
export function turnOver(part: Part, next: Unit, carries: boolean, limits: Limits): { done: string; part: Part } {
  const carried = carries && part.headings?.before.last ? part.headings : undefined
  const done = carried?.before ?? part
  // Only the items around these can go on; all others are complete.
  const items = [...(carried?.units ?? []), next].flatMap(({ path }) => path.filter(isItem))
  const passed = new Set(items.filter(item => done.progress.passed.has(item) || done.progress.opened.has(item)))
  const start: Part = { ...EMPTY, progress: { opened: new Set(), passed } }
  const started = carried?.units.reduce((to, heading) => append(to, heading, limits), start)
  return { done: done.text, part: started ?? start }
}
