import { randomInt } from 'node:crypto'
import { jsonOf } from '../../updates/lenient/lenient.ts'
import type { ActionButton } from './action.ts'

/** No page of the platform says how long an id may be; other ids of it are to be kept to this. */
const MAX_ID = 64

/** Buttons as they go to the platform, and what has to be kept of them. */
export interface WiredButtons {
  /** In the order of the buttons. */
  readonly ids: readonly string[]
  /** By id. */
  readonly data: Readonly<Record<string, unknown>>
  /** For the whole card: as long as its longest button, where one says so. */
  readonly ttlMs: number | undefined
}

/**
 * Gives each button an id of its own: `approve~4f9k0`; or one that holds its data: `approve!W10`. Ids differ each time, so
 * that a click on buttons that have been replaced in the meantime means what was shown.
 */
export function wireButtons(buttons: readonly ActionButton[]): WiredButtons {
  const data: Record<string, unknown> = {}
  const batch = randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0')
  const ids = buttons.map((button, index) => {
    const packed = `${button.id}!${Buffer.from(JSON.stringify(button.data) ?? '').toString('base64url')}`
    if (button.keep === 'id' && packed.length <= MAX_ID) return packed
    const id = `${button.id}~${batch}${index}`
    data[id] = button.data
    return id
  })
  const times = buttons.map(({ ttlMs }) => ttlMs).filter(time => time !== undefined)
  return { ids, data, ttlMs: times.length > 0 ? Math.max(...times) : undefined }
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
  const [, keptId] = /^([^~!\s]+)~[a-z0-9]+$/.exec(id) ?? []
  return keptId === undefined ? { actionId: id, isKept: false } : { actionId: keptId, isKept: true }
}
