import type { Summary } from './statistics.ts'

/** Prints a table in plain text: the first column to the left, the others to the right. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const lines = [header, ...rows]
  const widths = header.map((_, column) => Math.max(...lines.map(line => line[column]?.length ?? 0)))
  const format = (line: readonly string[]): string =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   ')
  console.log(`  ${format(header)}`)
  console.log(`  ${widths.map(width => '-'.repeat(width)).join('   ')}`)
  for (const row of rows) console.log(`  ${format(row)}`)
}

/** The same in markdown. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = header.map((_, column) => (column === 0 ? '---' : '--:'))
  return [header, line, ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

/** `12.3 (11.9–14.0)`: the median and, in brackets, the extremes. */
export function formatSummary({ median, min, max }: Summary, digits = 0): string {
  return `${formatNumber(median, digits)} (${formatNumber(min, digits)}–${formatNumber(max, digits)})`
}

export function formatNumber(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** Prints whether a figure keeps what is promised of it. */
export function verdict(promise: string, isKept: boolean, figure: number, digits = 0): void {
  console.log(`  ${isKept ? 'ok  ' : 'MISS'} ${promise}: ${formatNumber(figure, digits)}`)
}
