/** Changes to the lines of a text, each told by where the line stood before them. */
export interface Edits {
  /** The line as it stands by now. */
  line(at: number): string
  replace(at: number, line: string): void
  /** Puts a line before the one at `at`. */
  insertBefore(at: number, line: string): void
  /** Puts the line at `at` behind the one before it, with `glue` in place of the line break. */
  join(at: number, glue: string): void
  toString(): string
}

export function createEdits(lines: readonly string[]): Edits {
  const current = [...lines]
  const inserted = new Map<number, string>()
  const glues = new Map<number, string>()
  return {
    line: at => current[at] ?? '',
    replace(at, line) {
      current[at] = line
    },
    insertBefore: (at, line) => void inserted.set(at, line),
    join: (at, glue) => void glues.set(at, glue),
    toString() {
      const texts = current.map((line, i) => {
        const before = inserted.get(i)
        return (glues.get(i) ?? (i === 0 ? '' : '\n')) + (before === undefined ? '' : `${before}\n`) + line
      })
      return texts.join('')
    },
  }
}

/** The text without the spaces and tabs at its end; in linear time, which `/[ \t]+$/` does not take. */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return text.slice(0, end)
}
