import { isRecord } from '@dingware/transport'

/** The depth to which lists and objects are looked into. */
const MAX_DEPTH = 6

/**
 * The buttons in the variables of a card, as their ids by what they say (`null` where two say the same): `msgButtons` of the
 * public templates, and lists of buttons of templates of one's own, whose ids stand in `event.params.actionId` or
 * `action.params.actionId`.
 */
export function buttonsIn(variables: Readonly<Record<string, string>>): Readonly<Record<string, string | null>> {
  const labels = new Map<string, string | null>()
  const visit = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH) return
    if (Array.isArray(value)) for (const item of value) visit(item, depth + 1)
    if (!isRecord(value)) return
    const { text } = value
    const id = idOf(value)
    if (typeof text === 'string' && id !== undefined) {
      labels.set(text, labels.has(text) && labels.get(text) !== id ? null : id)
    }
    for (const item of Object.values(value)) visit(item, depth + 1)
  }
  for (const value of Object.values(variables)) if (/^\s*[[{]/.test(value)) visit(parsed(value), 0)
  return Object.fromEntries(labels)
}

/** Of what calls back: other things have texts and ids as well. */
function idOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const { id, request } = item
  if (request === true) return typeof id === 'string' && id !== '' ? id : undefined
  for (const { type, params } of [item.event, item.action].filter(isRecord)) {
    const actionId = type === 'sendCardRequest' && isRecord(params) ? params.actionId : undefined
    if (typeof actionId === 'string' && actionId !== '') return actionId
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
