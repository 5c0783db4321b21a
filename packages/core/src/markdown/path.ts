/** A quote or an item of a list that a unit stands in. */
export type Container = Quote | Item

export interface Quote {
  readonly kind: 'quote'
}

export interface Item {
  readonly kind: 'item'
  /** For example `- ` or `3. `: what its first line starts with, and how far the others are indented. */
  readonly marker: string
}

/** How far the parts have come with the items of lists. */
export interface Progress {
  /** Items whose marker stands in this part. */
  readonly opened: ReadonlySet<Item>
  /** Items whose marker stands in an earlier part. What is left of them goes without one, and without indentation. */
  readonly passed: ReadonlySet<Item>
}

/** Puts a text back into its containers, outermost first: quote marks, markers and indentation. */
export function applyPath(text: string, path: readonly Container[], progress: Progress): string {
  let lines = text.split('\n')
  for (const [i, container] of [...path.entries()].toReversed()) {
    if (container.kind === 'quote') lines = lines.map(line => (line === '' ? '>' : `> ${line}`))
    else if (!isContinued(container, progress)) {
      const first = progress.opened.has(container) ? '' : tellApart(container.marker, path.slice(0, i), progress)
      lines = indent(lines, first, container.marker.length)
    }
  }
  return lines.join('\n')
}

function indent(lines: readonly string[], first: string, width: number): string[] {
  const spaces = ' '.repeat(width)
  return lines.map((line, i) => (i === 0 && first !== '' ? first + line : line === '' ? line : spaces + line))
}

/**
 * The marker of an item, or the text of one. What is left of a numbered list inside an item stands where the items
 * around it follow: with `)` for `.` it stays a list of its own, whose numbers do not go on in theirs.
 */
export function tellApart(text: string, path: readonly Container[], progress: Progress): string {
  const [number, delimiter] = /^\d+([.)])/.exec(text) ?? []
  if (number === undefined || restsIn(path, progress) === 0) return text
  return `${number.slice(0, -1)}${delimiter === '.' ? ')' : '.'}${text.slice(number.length)}`
}

/** How many of these containers the part holds only the rest of. */
export function restsIn(path: readonly Container[], progress: Progress): number {
  return path.filter(container => isContinued(container, progress)).length
}

/** Whether the part holds only the rest of this item. */
export function isContinued(container: Container, { passed }: Progress): boolean {
  return container.kind === 'item' && passed.has(container)
}

/** A blank line between two units: the quotes that both stand in go on. */
export function blankLine(a: readonly Container[], b: readonly Container[], progress: Progress): string {
  const common = a.filter((container, i) => container === b[i])
  const lastQuote = common.findLastIndex(({ kind }) => kind === 'quote')
  return applyPath('', common.slice(0, lastQuote + 1), progress)
}

export function isItem(container: Container): container is Item {
  return container.kind === 'item'
}

/** How many characters the containers put before each line. */
export function widthOf(path: readonly Container[]): number {
  return path.reduce((sum, container) => sum + (container.kind === 'quote' ? 2 : container.marker.length), 0)
}
