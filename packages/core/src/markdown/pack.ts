import { rawUnit } from './leaf-units.ts'
import type { Limits } from './limits.ts'
import { append, EMPTY, fits, type Part, turnOver } from './part.ts'
import { isItem, restsIn } from './path.ts'
import type { Unit } from './unit.ts'

/** State of packing: finished parts, the current one, and units still to be placed (the next one last). */
interface Packing {
  readonly limits: Limits
  readonly done: string[]
  readonly work: Unit[]
  part: Part
}

/** A part that is filled to more than this share is finished rather than topped up with a piece of a unit. */
const FULL = 0.75

/** Packs units into parts, in order, as many into each as fit. */
export function pack(units: readonly Unit[], limits: Limits): string[] {
  const packing: Packing = { limits, done: [], work: units.toReversed(), part: EMPTY }
  for (let unit = packing.work.pop(); unit; unit = packing.work.pop()) place(packing, unit)
  if (packing.part.text !== '') packing.done.push(packing.part.text)
  return packing.done
}

function place(packing: Packing, unit: Unit): void {
  const { work, limits } = packing
  const { progress, last } = packing.part
  const rests = restsIn(unit.path, progress)
  // Otherwise the rests of two nested lists would merge into one list.
  if (unit.type === 'item' && rests > 0 && restsIn(last?.path ?? [], progress) > rests) flush(packing, unit, false)
  // The numbers of such a list have to differ from those around it, which is done item by item.
  const isApart = unit.type === 'list' && rests > 0
  if (!isApart && (fits(packing.part, unit, limits) || startPart(packing, unit))) {
    packing.part = append(packing.part, unit, limits)
  } else if (unit.divide) work.push(...unit.divide().toReversed())
  else take(packing, unit)
}

/** Starts a new part, if the whole unit fits into it. */
function startPart(packing: Packing, unit: Unit): boolean {
  const { part, limits } = packing
  if (!part.last) return false
  const isInside = unit.path.some(isItem)
  if (unit.type === 'list' && (isInside || part.text.length < limits.maxChars / 2)) return false
  for (const carries of unit.isWhole ? [true, false] : [true]) {
    if (!fits(turnOver(part, unit, carries, limits).part, unit, limits)) continue
    flush(packing, unit, carries)
    return true
  }
  return false
}

/** Fills the part with as much of the unit as fits. */
function take(packing: Packing, unit: Unit): void {
  const { work, limits } = packing
  if (packing.part.text.length > limits.maxChars * FULL) flush(packing, unit, true)
  for (;;) {
    const { part } = packing
    const isFresh = part.last === undefined
    const taken = unit.take?.(text => fits(part, unit, limits, text), isFresh)
    if (taken) {
      if (taken.text !== undefined) {
        packing.part = append(part, unit, limits, taken.text)
        flush(packing, unit, false)
      }
      return void work.push(...taken.rest.toReversed())
    }
    // Raw text without containers always yields a piece.
    if (isFresh) return void work.push(rawUnit({ path: [], blanks: 1 }, unit.text(), limits))
    flush(packing, unit, true)
  }
}

function flush(packing: Packing, next: Unit, carries: boolean): void {
  const turned = turnOver(packing.part, next, carries, packing.limits)
  if (turned.done !== '') packing.done.push(turned.done)
  packing.part = turned.part
}
