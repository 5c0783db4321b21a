/** What tells who said an item of a forwarded chat. */
interface Item {
  readonly senderId?: string | undefined
  readonly senderName?: string | undefined
  readonly content?: string | undefined
}

/** The beginning of a line of a summary, `name:text`. */
const HEAD = /^([^:：]+)[:：]/
/** A line about what is no text: `name:[图片]`. */
const LABEL = /^(.+)[:：]\s*\[[^\][]*\]\s*$/

/**
 * The speakers of the items, found by their place in the summary. A wrong name is worse than none, so all of this must hold:
 * a line for each item, every line has a name, every text stands in its line, nobody has two names, and none of the names
 * that items do say is another.
 */
export function speakersOf(items: readonly Item[], lines: readonly string[]): readonly string[] | undefined {
  if (items.length === 0 || lines.length !== items.length) return undefined
  const names: string[] = []
  const known = new Map<string, string>()
  for (const [i, { senderId, senderName, content }] of items.entries()) {
    const name = nameIn(lines[i] ?? '', content)
    if (name === undefined || (senderName !== undefined && senderName !== name)) return undefined
    if (senderId !== undefined && (known.get(senderId) ?? name) !== name) return undefined
    if (senderId !== undefined) known.set(senderId, name)
    names.push(name)
  }
  return names
}

function nameIn(line: string, content: string | undefined): string | undefined {
  const said = content?.trim()
  if (!said) return LABEL.exec(line)?.[1]?.trim() || undefined
  const trimmed = line.trimEnd()
  // Names may hold colons: what was said tells where the name ends. A line may be cut where it is long.
  const head = trimmed.endsWith(said) ? trimmed.slice(0, -said.length) : headBefore(trimmed, said)
  const name = head && /^(.+)[:：]\s*$/.exec(head)?.[1]?.trim()
  return name || undefined
}

/** What stands before the beginning of a text that a line has cut. */
function headBefore(line: string, said: string): string | undefined {
  const name = HEAD.exec(line)?.[0]
  if (name === undefined) return undefined
  const shown = line
    .slice(name.length)
    .trim()
    .replace(/(?:…|\.\.\.)$/, '')
  return shown !== '' && said.startsWith(shown) ? name : undefined
}
