import { AI_TEMPLATE, BUTTON_TEMPLATE, withoutSuffix } from './buttons.ts'
import type { Variables } from './types.ts'

/** Public templates of which it is known that no variable of theirs is private: what is meant for one person stays unseen. */
const withoutPrivate: readonly string[] = [AI_TEMPLATE, BUTTON_TEMPLATE]

/** Of the private values those that the template draws. The thumbs below an AI card have a private variable of their own. */
export function drawnPrivately(templateId: string, values: Variables | undefined): Variables {
  if (!values || !withoutPrivate.includes(withoutSuffix(templateId))) return values ?? {}
  return Object.fromEntries(Object.entries(values).filter(([name]) => /^node_\w+_likeOrDislike$/.test(name)))
}

/**
 * Whether an update by the API leaves the card with nothing to draw: on the public AI template one without `flowStatus`
 * does, by key too (agentscope#2285, live).
 */
export function isBlankedBy(templateId: string, variables: Variables | undefined): boolean {
  return withoutSuffix(templateId) === AI_TEMPLATE && variables !== undefined && variables.flowStatus === undefined
}
