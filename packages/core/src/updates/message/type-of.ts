/** Types of messages and their parts, in the platform's spelling. */
const TYPES = [
  ...['text', 'picture', 'richText', 'audio', 'video', 'file', 'markdown', 'actionCard', 'interactiveCard', 'card'],
  ...['chatRecord', 'unknownMsgType', 'reply', 'at', 'emoji', 'skill', 'bold', 'italic', 'inlineCode', 'pre'],
]

const AS_SENT: ReadonlyMap<unknown, string> = new Map(TYPES.map(type => [type, type]))

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map([
  ...TYPES.map(type => [type.toLowerCase(), type] as const),
  ['voice', 'audio'],
  ['image', 'picture'],
])

/**
 * Normalises a type from the wire, whatever its case, including other names: work notifications call a picture `image`.
 * An unknown one is returned as it is.
 */
export function typeOf(wire: unknown): string | undefined {
  const known = AS_SENT.get(wire)
  if (known !== undefined || typeof wire !== 'string') return known
  return BY_LOWER_CASE.get(wire.trim().toLowerCase()) ?? wire
}
