import type { ActionButton } from '@dingware/core'
import { isActionButton, wireButtons } from '@dingware/core/plugin'
import { isRecord } from '@dingware/transport'
import type { CardButton } from './layout.ts'

/** The facts about the buttons of a card that have to be kept. */
export interface KeptButtons {
  /** The data of those that were made by actions, by id. */
  readonly data: Readonly<Record<string, unknown>>
  /** Their ids by what they say; `null` where two different ones say the same. */
  readonly labels: Readonly<Record<string, string | null>>
  readonly ttlMs: number | undefined
}

/** Gives the buttons of actions ids of their own. Nothing is to be kept where no button calls back. */
export function wire(buttons: readonly CardButton[]): {
  readonly buttons: readonly CardButton[]
  readonly kept?: KeptButtons
} {
  const own: readonly ActionButton[] = buttons.filter(isActionButton)
  const { ids, data, ttlMs } = wireButtons(own)
  const idOf = new Map(own.map((button, index) => [button, ids[index]]))
  const wired = buttons.map(button => {
    if (!isActionButton(button)) return button
    const { text, color } = button
    return { text, color, id: idOf.get(button) }
  })
  const labels = labelsOf(wired)
  return Object.keys(labels).length > 0 ? { buttons: wired, kept: { data, labels, ttlMs } } : { buttons: wired }
}

/** Does the same with the `buttons` among the data of a card. */
export function wireIn<D extends object>(data: D): { readonly data: D; readonly kept?: KeptButtons } {
  const { buttons } = { buttons: undefined, ...data }
  if (!isButtonList(buttons)) return { data }
  const { buttons: wired, kept } = wire(buttons)
  return kept ? { data: { ...data, buttons: wired }, kept } : { data }
}

function labelsOf(buttons: readonly CardButton[]): Record<string, string | null> {
  const labels = new Map<string, string | null>()
  for (const { text, id: given, url } of buttons) {
    if (url !== undefined) continue
    // One without an id is known by what it says, which is all that comes back of it.
    const id = given || text
    labels.set(text, labels.has(text) && labels.get(text) !== id ? null : id)
  }
  return Object.fromEntries(labels)
}

function isButtonList(value: unknown): value is readonly CardButton[] {
  return Array.isArray(value) && value.every(item => isRecord(item) && 'text' in item)
}
