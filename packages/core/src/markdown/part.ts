import type { Limits } from './limits.ts'
import { applyPath, blankLine, isItem, type Progress, restsIn, tellApart } from './path.ts'
import type { Unit } from './unit.ts'

/** A part as far as it has come. */
export interface Part {
  readonly text: string
  /** What `bytesOf` says of the text. */
  readonly bytes: number
  readonly progress: Progress
  /** Its last unit; it has none while it is empty. */
  readonly last?: Unit
  /** The headings at its end, which go along with what follows them, and the part without these. */
  readonly headings?: { readonly units: readonly Unit[]; readonly before: Part }
}

export const EMPTY: Part = { text: '', bytes: 0, progress: { opened: new Set(), passed: new Set() } }

/** The part with the unit, or with `text` of it, at its end. */
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

/** Whether the unit, or `text` of it, fits at the end of the part. */
export function fits(part: Part, unit: Unit, { maxChars, maxBytes, bytesOf }: Limits, text?: string): boolean {
  if (part.text.length + (text?.length ?? unit.length) > maxChars) return false
  const more = rendered(part, unit, text ?? unit.text())
  return part.text.length + more.length <= maxChars && part.bytes + bytesOf(more) <= maxBytes
}

/** What the unit adds to the part: the line break before it, and its text in its containers. */
function rendered({ last, progress }: Part, unit: Unit, text: string): string {
  const own = applyPath(unit.type === 'item' ? tellApart(text, unit.path, progress) : text, unit.path, progress)
  if (!last) return own
  // Raw text, and what is left of an item, would run on into the next block.
  const isLoose = last.type === 'raw' || unit.type === 'raw' || restsIn(last.path, progress) > 0
  const blanks = Math.max(unit.blanks, isLoose ? 1 : 0)
  return `\n${`${blankLine(last.path, unit.path, progress)}\n`.repeat(blanks)}${own}`
}

/**
 * Ends a part, so that `next` can stand in the one after it.
 *
 * @param carries whether the headings at the part's end go along
 */
export function turnOver(part: Part, next: Unit, carries: boolean, limits: Limits): { done: string; part: Part } {
  const carried = carries && part.headings?.before.last ? part.headings : undefined
  const done = carried?.before ?? part
  // Only what these stand in can go on: of all other items the last has been seen.
  const items = [...(carried?.units ?? []), next].flatMap(({ path }) => path.filter(isItem))
  const passed = new Set(items.filter(item => done.progress.passed.has(item) || done.progress.opened.has(item)))
  const start: Part = { ...EMPTY, progress: { opened: new Set(), passed } }
  const started = carried?.units.reduce((to, heading) => append(to, heading, limits), start)
  return { done: done.text, part: started ?? start }
}
