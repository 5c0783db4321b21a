/**
 * Finds the word that was probably meant by `word`: the one of `known` that differs by case, or by one or two letters.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.includes(word)) return undefined
  // Of a short word a letter is much: `ca` is not meant to be `ua`.
  return known.find(other => distance(word.toLowerCase(), other.toLowerCase()) <= Math.min(2, other.length / 3))
}

/** Counts the letters that have to be put in, taken out or changed (Levenshtein). */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1]
    for (const [column, its] of [...other].entries()) {
      const change = (row[column] ?? 0) + (letter === its ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
