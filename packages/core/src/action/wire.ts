import { jsonOf } from '../lenient/lenient.ts'
import type { ActionButton } from './action.ts'
import { CARD_TTL } from './card-entry.ts'

/** No page of the platform says how long an id may be; other ids of it are to be kept to this. */
const MAX_ID = 64

/** Buttons as they go to the platform, and what has to be kept of them. */
export interface WiredButtons {
  /** In the order of the buttons. */
  readonly ids: readonly string[]
  /** By id. */
  readonly data: Readonly<Record<string, unknown>>
  /** For the whole card: as long as its longest button. */
  readonly ttlMs: number
}

/** Gives each button an id of its own: `approve~0`; or one that holds its data: `approve!W10`. */
export function wireButtons(buttons: readonly ActionButton[]): WiredButtons {
  const data: Record<string, unknown> = {}
  const ids = buttons.map((button, index) => {
    const packed = `${button.id}!${Buffer.from(JSON.stringify(button.data) ?? '').toString('base64url')}`
    if (button.keep === 'id' && packed.length <= MAX_ID) return packed
    const id = `${button.id}~${index}`
    data[id] = button.data
    return id
  })
  return { ids, data, ttlMs: Math.max(...buttons.map(({ ttlMs = CARD_TTL }) => ttlMs), 0) || CARD_TTL }
}

/** An id as it came back. */
export interface WireId {
  readonly actionId: string
  /** Made by a button of an action, whose data is in the store. */
  readonly isKept: boolean
  /** Data that the id holds. */
  readonly packed?: { readonly data: unknown } | undefined
}

export function readWireId(id: string): WireId {
  const [, packedId, packed] = /^([^~!\s]+)!([\w-]*)$/.exec(id) ?? []
  if (packedId !== undefined) {
    return {
      actionId: packedId,
      isKept: false,
      packed: { data: jsonOf(Buffer.from(packed ?? '', 'base64url').toString()) },
    }
  }
  const [, keptId] = /^([^~!\s]+)~\d+$/.exec(id) ?? []
  return keptId === undefined ? { actionId: id, isKept: false } : { actionId: keptId, isKept: true }
}
