import type { FileResult } from './vitest-run.ts'

/** What was ever red, and how long it took. */
export interface Tally {
  readonly add: (results: readonly FileResult[], seed: number) => void
  /** A line for each file, those that were red first, then the slowest. */
  readonly table: () => string
}

/** What became of a file in all rounds. */
interface Row {
  readonly file: string
  readonly times: number[]
  /** The seeds of the rounds in which it was red. */
  readonly seeds: number[]
  /** The tests that were ever red. */
  readonly red: Set<string>
}

export function createTally(): Tally {
  const rows = new Map<string, Row>()
  return {
    add(results, seed) {
      for (const { file, milliseconds, red } of results) {
        const row = rows.get(file) ?? { file, times: [], seeds: [], red: new Set() }
        rows.set(file, row)
        row.times.push(milliseconds)
        if (red.length > 0) row.seeds.push(seed)
        for (const name of red) row.red.add(name)
      }
    },
    table: () => tableOf([...rows.values()]),
  }
}

function tableOf(rows: readonly Row[]): string {
  const sorted = rows.toSorted((a, b) => b.seeds.length - a.seeds.length || worstOf(b.times) - worstOf(a.times))
  const width = Math.max(0, ...rows.map(({ file }) => file.length))
  const line = (file: string, cells: readonly unknown[], seeds: string): string =>
    `${file.padEnd(width)}${cells.map(cell => String(cell).padStart(11)).join('')}  ${seeds}`.trimEnd()
  const lines = sorted.map(({ file, times, seeds }) =>
    line(file, [times.length, seeds.length, medianOf(times), worstOf(times)], seeds.join(' ')),
  )
  const names = sorted.flatMap(({ file, red }) => [...red].map(name => `  ${file}: ${name}`))
  const head = line('file', ['rounds', 'red', 'median ms', 'worst ms'], 'seeds of the red rounds')
  return [head, ...lines, ...(names.length > 0 ? ['', 'Ever red:', ...names] : [])].join('\n')
}

const worstOf = (times: readonly number[]): number => Math.max(...times)

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0
}
