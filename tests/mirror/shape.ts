/** Texts that are told apart by what they begin with. */
const kinds: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['conversation', /^cid.+/],
  ['space with its prefix', /^dtv1\.card\/\/im\.cid.+/],
  ['message', /^msg.+==$/],
  ['encrypted id', /^\$:LWCP_v1:\$.+/],
  ['session webhook', /^https?:\/\/.+\/robot\/sendBySession\?session=.+/],
  ['node of a layout', /^single_button_node_[a-z]+$/],
]

/**
 * What kind of value something is, whatever it says: names of fields and kinds of values, at any depth and in JSON texts
 * too. Of a list which kinds of items it has, not how many and in which order.
 */
export function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return shapeOfText(value)
  if (Array.isArray(value)) return [...new Set(value.map(item => JSON.stringify(shapeOf(item))))].toSorted()
  if (typeof value !== 'object' || value === null) return typeof value
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  return Object.fromEntries(
    entries.map(([name, held]) => [name, shapeOf(held)] as const).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}

function shapeOfText(text: string): unknown {
  if (/^[[{]/.test(text)) {
    try {
      return { json: shapeOf(JSON.parse(text)) }
    } catch {
      return 'text'
    }
  }
  return kinds.find(([, pattern]) => pattern.test(text))?.[0] ?? 'text'
}

/** Some of the fields; those that are missing stay so. */
export function pick(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const fields: Readonly<Record<string, unknown>> = Object(value)
  return Object.fromEntries(names.filter(name => name in fields).map(name => [name, fields[name]]))
}
