/** What messages and the parts of them are called, in the platform's own spelling. */
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
 * The type that a word of the wire means, in any case, and by any name that it has somewhere: work notifications call
 * a picture `image`. A word that nobody knows stays what it is.
 */
export function typeOf(wire: unknown): string | undefined {
  if (typeof wire !== 'string') return undefined
  return BY_LOWER_CASE.get(wire.trim().toLowerCase()) ?? wire
}
