import type { ConnectionInfo, FrameRecord, Violation } from '../../gateway/types.ts'
import type { HttpCall } from '../../http/calls.ts'
import { createBus } from '../../utils/bus.ts'
import type { InspectorEntry } from './protocol.ts'

/** The record behind an entry. */
export type Source =
  /** `sequence`: that of the newest message in the chats by then. */
  | { readonly kind: 'frame'; readonly record: FrameRecord; readonly sequence: number }
  | { readonly kind: 'call'; readonly call: HttpCall }
  | { readonly kind: 'violation'; readonly violation: Violation }
  | { readonly kind: 'connection'; readonly info: ConnectionInfo }

/** An entry before it has its number. */
export type Facts = Omit<InspectorEntry, 'id'>

export interface Item {
  readonly entry: InspectorEntry
  readonly source: Source
}

/** The newest entries: a simulator may run for days. Bounded by count, and by the characters that they hold. */
export interface Timeline {
  readonly items: ReadonlyMap<number, Item>
  add(facts: Facts, source: Source): Item
  /** Puts a newer state of an entry in its place; undefined when it has gone. */
  change(id: number, fields: Partial<Facts>): Item | undefined
  /** Calls `listener` with each item that is new, or has a newer state. */
  on(listener: (item: Item) => void): () => void
}

export function createTimeline(limits: { readonly entries: number; readonly characters: number }): Timeline {
  const bus = createBus<Item>()
  const items = new Map<number, Item>()
  let last = 0
  let characters = 0

  function trim(): void {
    for (const [id, { source }] of items) {
      if (items.size <= limits.entries && characters <= limits.characters) return
      items.delete(id)
      characters -= sizeOf(source)
    }
  }

  return {
    items,
    add(facts, source) {
      last += 1
      const item = { entry: { ...facts, id: last }, source }
      items.set(last, item)
      characters += sizeOf(source)
      trim()
      bus.emit(item)
      return item
    },
    change(id, fields) {
      const item = items.get(id)
      if (!item) return undefined
      const changed = { ...item, entry: { ...item.entry, ...fields } }
      items.set(id, changed)
      bus.emit(changed)
      return changed
    },
    on: bus.on,
  }
}

/** About how much an entry holds. An answer is small, but for files, of which only the size is kept. */
function sizeOf(source: Source): number {
  const least = 500
  switch (source.kind) {
    case 'frame':
      return least + source.record.raw.length
    case 'call':
      return least + (Number(source.call.headers['content-length']) || 0)
    case 'violation':
      return least + source.violation.raw.length
    case 'connection':
      return least
  }
}
