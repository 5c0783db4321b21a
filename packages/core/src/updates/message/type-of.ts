/** Types of messages and their parts, in the platform's spelling. */
const TYPES = [
  ...['text', 'picture', 'richText', 'audio', 'video', 'file', 'markdown', 'actionCard', 'interactiveCard', 'card'],
  ...['chatRecord', 'unknownMsgType', 'reply', 'at', 'emoji', 'skill', 'bold', 'italic', 'inlineCode', 'pre'],
]

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
  if (typeof wire !== 'string') return undefined
  return BY_LOWER_CASE.get(wire.trim().toLowerCase()) ?? wire
}
