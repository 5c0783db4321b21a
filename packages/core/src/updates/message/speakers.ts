/** What tells who said an item of a forwarded chat. */
interface Item {
  readonly senderId?: string | undefined
  readonly senderName?: string | undefined
  readonly content?: string | undefined
}

/** The beginning of a line of a summary, `name:text`. */
const HEAD = /^([^:：]+)[:：]/
/** A line about what is no text, `name:[图片]`, `name:[文件]a.pdf`. */
const LABEL = /^(.+)[:：]\s*\[[^\][]*\][^:：]*$/

/** Who said the items of a record, as far as the lines of its summary tell. */
export interface Speakers {
  /** By the place of the item. */
  readonly names: readonly (string | undefined)[]
  /** Whether lines say what their items say, and none says something else: then the places are the same. */
  readonly isVerified: boolean
}

const NOBODY: Speakers = { names: [], isVerified: false }

/**
 * Finds the speakers of the items by their place in the summary, which may have fewer lines or more. A wrong name is worse
 * than none: a text counts only with a line that says the same, nobody has two names, and where one line contradicts its item, none is
 * believed, for then the places differ. Who has been named once is known by the senderId.
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

/** A line that says something else. */
const CONTRADICTED = Symbol('contradicted')

function nameIn(line: string, content: string | undefined): string | typeof CONTRADICTED | undefined {
  const said = content?.trim()
  const label = LABEL.exec(line)?.[1]?.trim() || undefined
  if (!said) return label
  const trimmed = line.trimEnd()
  // Names may hold colons: what was said tells where the name ends. A line may be cut where it is long.
  const head = trimmed.endsWith(said) ? trimmed.slice(0, -said.length) : headBefore(trimmed, said)
  const name = head && /^(.+)[:：]\s*$/.exec(head)?.[1]?.trim()
  // Of a text the client may show no more than what it is: that proves nothing, and contradicts nothing.
  return name || (label === undefined ? CONTRADICTED : undefined)
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
