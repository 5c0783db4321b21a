/** Parts of a forwarded message that identify its sender. */
interface Item {
  readonly senderId?: string | undefined
  readonly senderName?: string | undefined
  readonly content?: string | undefined
}

/** Beginning of a summary line, `name:text`. */
const HEAD = /^([^:：]+)[:：]/
/** Summary line about a message that is not text: `name:[图片]`, `name:[文件]a.pdf`. */
const LABEL = /^(.+)[:：]\s*\[[^\][]*\][^:：]*$/

/** Senders of a record's items, as far as its summary reveals them. */
export interface Speakers {
  /** Names by index of the item. */
  readonly names: readonly (string | undefined)[]
  /** True if some lines match their items and none contradicts: then lines and items have the same positions. */
  readonly isVerified: boolean
}

const NOBODY: Speakers = { names: [], isVerified: false }

/**
 * Finds the senders of items by position in the summary, which may have fewer or more lines. A wrong name is worse than
 * none: a text item needs a line with the same text, nobody may have two names, and if one line contradicts its item,
 * no line is used, since then the positions differ. Once named, a sender is known by senderId.
 */
export function speakersOf(items: readonly Item[], lines: readonly string[]): Speakers {
  const found: (string | undefined)[] = []
  const known = new Map<string, string>()
  for (const [i, { senderId, senderName, content }] of items.entries()) {
    const line = lines[i]
    const name = line === undefined ? undefined : nameIn(line, content)
    if (name === CONTRADICTED) return NOBODY
    if (name !== undefined && senderName !== undefined && senderName !== name) return NOBODY
    if (name !== undefined && senderId !== undefined) {
      if ((known.get(senderId) ?? name) !== name) return NOBODY
      known.set(senderId, name)
    }
    found.push(name)
  }
  return {
    names: items.map(({ senderId, senderName }, i) => found[i] ?? senderName ?? known.get(senderId ?? '')),
    isVerified: found.some(name => name !== undefined),
  }
}

/** Result for a line that contradicts its item. */
const CONTRADICTED = Symbol('contradicted')

function nameIn(line: string, content: string | undefined): string | typeof CONTRADICTED | undefined {
  const said = content?.trim()
  const label = LABEL.exec(line)?.[1]?.trim() || undefined
  if (!said) return label
  const trimmed = line.trimEnd()
  // Names may hold colons, so the item's text decides where the name ends. Long lines may be cut.
  const head = trimmed.endsWith(said) ? trimmed.slice(0, -said.length) : headBefore(trimmed, said)
  const name = head && /^(.+)[:：]\s*$/.exec(head)?.[1]?.trim()
  // The client may show only the type of a text, which neither proves nor contradicts anything.
  return name || (label === undefined ? CONTRADICTED : undefined)
}

/** Part of a line before a text that the line has cut. */
function headBefore(line: string, said: string): string | undefined {
  const name = HEAD.exec(line)?.[0]
  if (name === undefined) return undefined
  const shown = line
    .slice(name.length)
    .trim()
    .replace(/(?:…|\.\.\.)$/, '')
  return shown !== '' && said.startsWith(shown) ? name : undefined
}
