import { AI_CARD_STATUS } from '../engine/status.ts'
import type { Template } from '../template/settings.ts'
import { named } from '../template/templates.ts'
import type { CardData } from '../template/variables.ts'

/** The variables that a card shows before it shows anything else, and where that fails. */
export interface CardStates {
  readonly processing: CardData
  readonly failed: CardData
}

/** The states of a template that has a variable for them. */
export function statesOf(template: Pick<Template<'status'>, 'variables'>): CardStates | undefined {
  if (template.variables.status === false) return undefined
  const { processing, failed } = AI_CARD_STATUS
  return { processing: named(template, { status: processing }), failed: named(template, { status: failed }) }
}
