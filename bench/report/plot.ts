import { page, type Theme, text, WIDTH } from '../../scripts/drawings/canvas.ts'
import type { Figure } from '../lib/figure.ts'
import { formatNumber } from '../lib/table.ts'

const MARGIN = 24
/** Where the bars begin, and how long the longest of a figure is. */
const LEFT = 290
const LONGEST = 370
const BAR = 16
const GAP = 22

/** Draws a bar for each contender, figure by figure. Bars of different figures do not compare. */
export function plot(figures: readonly Figure[], theme: Theme): string {
  const parts: string[] = []
  let y = 40
  for (const figure of figures) {
    const entries = Object.entries(figure.values)
    const most = Math.max(...entries.map(([, { median }]) => median))
    const better = figure.isMoreBetter ? 'more is better' : 'less is better'
    parts.push(text(MARGIN, y + 12, figure.name, { fill: theme.ink, bold: true }))
    parts.push(text(MARGIN, y + 30, `${figure.unit}, ${better}`, { fill: theme.muted, size: 12 }))
    for (const [index, [name, { median }]] of entries.entries()) {
      const isOurs = index === entries.length - 1
      const width = Math.max(2, Math.round((LONGEST * median) / most))
      parts.push(text(LEFT - 10, y + 12, name, { fill: isOurs ? theme.ink : theme.muted, size: 12, anchor: 'end' }))
      parts.push(
        `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3" fill="${isOurs ? theme.accent : theme.border}"/>`,
      )
      const value = formatNumber(median, figure.digits ?? 0)
      parts.push(text(LEFT + width + 8, y + 12, value, { fill: isOurs ? theme.ink : theme.muted, size: 12 }))
      y += BAR + 6
    }
    y += GAP
  }
  return page('What a message, a start and an installation cost', Math.max(y, WIDTH / 8), theme, parts)
}
