import { formatNumber, formatSummary, printTable } from '../lib/table.ts'
import type { Measured, Scenario } from './scenario.ts'

const HEADER = [
  '',
  'whole text shown',
  'tail ms: median (min–max)',
  'calls',
  'calls a card',
  'refused',
  'refused twice',
]

export function printResults(
  { users, tokens }: Scenario,
  results: readonly (Measured & { readonly name: string })[],
): void {
  console.log(`  ${users} user${users === 1 ? '' : 's'}, ${tokens} tokens each`)
  printTable(
    HEADER,
    results.map(({ name, complete, tails, calls, refused, refusedTwice }) => [
      name,
      `${complete} of ${users}`,
      formatSummary(tails),
      formatNumber(calls, 0),
      formatNumber(calls / users, 1),
      String(refused),
      String(refusedTwice),
    ]),
  )
  console.log()
}
