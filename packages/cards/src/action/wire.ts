import { type ActionButton, isActionButton, wireButtons } from '@dingware/core'
import type { CardButton } from '../layout/layout.ts'

/** What has to be kept of the buttons of a card. */
export interface KeptButtons {
  readonly data: Readonly<Record<string, unknown>>
  readonly ttlMs: number | undefined
}

/** Gives the buttons of actions ids of their own. */
export function wire(buttons: readonly CardButton[]): {
  readonly buttons: readonly CardButton[]
  readonly kept?: KeptButtons
} {
  const own: readonly ActionButton[] = buttons.filter(isActionButton)
  if (own.length === 0) return { buttons }
  const { ids, data, ttlMs } = wireButtons(own)
  const idOf = new Map(own.map((button, index) => [button, ids[index]]))
  const wired = buttons.map(button => {
    if (!isActionButton(button)) return button
    const { text, color } = button
    return { text, color, id: idOf.get(button) }
  })
  return { buttons: wired, kept: { data, ttlMs } }
}

/** The same for the `buttons` among the data of a card. */
export function wireIn<D extends object>(data: D): { readonly data: D; readonly kept?: KeptButtons } {
  const { buttons } = { buttons: undefined, ...data }
  if (!isButtonList(buttons)) return { data }
  const { buttons: wired, kept } = wire(buttons)
  return kept ? { data: { ...data, buttons: wired }, kept } : { data }
}

function isButtonList(value: unknown): value is readonly CardButton[] {
  return Array.isArray(value) && value.some(item => typeof item === 'object' && item !== null && isActionButton(item))
}
