import { randomInt } from 'node:crypto'
import { jsonOf } from '../../updates/lenient/lenient.ts'
import type { ActionButton } from './action.ts'

/** Maximum length of a button id. No page of the platform states one; 64 is that of other ids. */
const MAX_ID = 64

/** Ids of buttons as they go to the platform, and the data that has to be stored for them. */
export interface WiredButtons {
  /** Ids, in the order of the buttons. */
  readonly ids: readonly string[]
  /** Data to be stored, by id. */
  readonly data: Readonly<Record<string, unknown>>
  /** Time to live of the card's entry in milliseconds: the longest of its buttons; `undefined` if none has one. */
  readonly ttlMs: number | undefined
}

/**
 * Assigns ids to action buttons: a random one (`approve~4f9k0`), or one that contains the data (`approve!W10`). Ids are
 * new each time, so that a late click on a replaced button still means what was shown. For plugins that send cards.
 *
 * @example
 * const { ids, data, ttlMs } = wireButtons(buttons)
 * await keepCardEntry(store, outTrackId, { buttons: data }, ttlMs)
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

/** Parsed button id. */
export interface WireId {
  readonly actionId: string
  /** True for the id of an action button whose data is in the store. */
  readonly isKept: boolean
  /** Data contained in the id. */
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
