import type { Figure } from '../lib/figure.ts'
import { formatNumber, formatSummary, markdownTable } from '../lib/table.ts'

/** A table in markdown: what was measured, of whom, and what dingware has of it for 1 of each other. */
export function tableOf(figures: readonly Figure[]): string {
  const names = [...new Set(figures.flatMap(({ values }) => Object.keys(values)))]
  const others = names.slice(0, -1)
  const lines = figures.map(figure => {
    const { name, unit, digits = 0, values } = figure
    const cells = names.map(it => {
      const summary = values[it]
      if (!summary) return '–'
      return summary.min === summary.max ? formatNumber(summary.median, digits) : formatSummary(summary, digits)
    })
    const ours = values[names.at(-1) ?? '']?.median ?? Number.NaN
    const ratios = others.map(it => (values[it] ? `${formatNumber(ours / values[it].median, 2)} ×` : '–'))
    return [`${name}, ${unit}`, ...cells, ...ratios]
  })
  const header = ['median (min–max)', ...names, ...others.map(it => `dingware : ${it}`)]
  return markdownTable(header, lines)
}
