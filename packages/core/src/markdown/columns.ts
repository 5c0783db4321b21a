const TAB = 4

/**
 * Removes up to `count` columns of white space from the start of a line. A tab reaches to the next multiple of four;
 * the part of it beyond `count` is kept as spaces.
 *
 * @param column column of the line's first character
 */
export function stripColumns(line: string, count: number, column = 0): string {
  let taken = 0
  for (let i = 0; i < line.length; i++) {
    if (taken >= count) return ' '.repeat(taken - count) + line.slice(i)
    const char = line[i]
    if (char === ' ') taken++
    else if (char === '\t') taken += TAB - ((column + taken) % TAB)
    else return line.slice(i)
  }
  return ' '.repeat(Math.max(0, taken - count))
}

/** Width of a text in columns. */
export function columnsOf(text: string, column = 0): number {
  let end = column
  for (const char of text) end += char === '\t' ? TAB - (end % TAB) : 1
  return end - column
}

/** Removes the first `>` of a quoted line; a line that continues the quote without one is returned unchanged. */
export function unquote(line: string): string {
  const [marker] = /^[ \t]*>/.exec(line) ?? []
  return marker === undefined ? line : stripColumns(line.slice(marker.length), 1, columnsOf(marker))
}
