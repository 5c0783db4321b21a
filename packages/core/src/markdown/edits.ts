/** Changes to the lines of a text. Lines are numbered as they were before any change. */
export interface Edits {
  /** Present text of a line. */
  line(at: number): string
  replace(at: number, line: string): void
  /** Inserts a line before the one at `at`. */
  insertBefore(at: number, line: string): void
  /** Joins the line at `at` to the one before it, with `glue` in place of the line break. */
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

/** Removes spaces and tabs at the end of a text, in linear time (`/[ \t]+$/` takes quadratic time). */
export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--
  return text.slice(0, end)
}
