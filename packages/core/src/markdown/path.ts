/** Quote or list item that a unit is inside. */
export type Container = Quote | Item

export interface Quote {
  readonly kind: 'quote'
}

export interface Item {
  readonly kind: 'item'
  /** Marker on its first line, such as `- ` or `3. `; the other lines are indented by its width. */
  readonly marker: string
}

/** Progress of list items over the parts. */
export interface Progress {
  /** Items whose marker is in this part. */
  readonly opened: ReadonlySet<Item>
  /** Items whose marker is in an earlier part. Their rest is written without marker and indentation. */
  readonly passed: ReadonlySet<Item>
}

/** Wraps text in its containers again, outermost first: quote marks, markers and indentation. */
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
 * Changes the delimiter of a number, `.` to `)` or back, in an item's marker or text. The rest of a numbered list
 * inside an item is followed by items of the outer list; with another delimiter it remains a list of its own.
 */
export function tellApart(text: string, path: readonly Container[], progress: Progress): string {
  const [number, delimiter] = /^\d+([.)])/.exec(text) ?? []
  if (number === undefined || restsIn(path, progress) === 0) return text
  return `${number.slice(0, -1)}${delimiter === '.' ? ')' : '.'}${text.slice(number.length)}`
}

/** Number of these containers of which the part holds only the rest. */
export function restsIn(path: readonly Container[], progress: Progress): number {
  return path.filter(container => isContinued(container, progress)).length
}

/** True if the part holds only the rest of this item. */
export function isContinued(container: Container, { passed }: Progress): boolean {
  return container.kind === 'item' && passed.has(container)
}

/** Blank line between two units, with the marks of the quotes that both are inside. */
export function blankLine(a: readonly Container[], b: readonly Container[], progress: Progress): string {
  const common = a.filter((container, i) => container === b[i])
  const lastQuote = common.findLastIndex(({ kind }) => kind === 'quote')
  return applyPath('', common.slice(0, lastQuote + 1), progress)
}

export function isItem(container: Container): container is Item {
  return container.kind === 'item'
}

/** Number of characters that the containers put before each line. */
export function widthOf(path: readonly Container[]): number {
  return path.reduce((sum, container) => sum + (container.kind === 'quote' ? 2 : container.marker.length), 0)
}
