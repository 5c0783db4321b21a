import { arrow, box, page, type Theme, text, WIDTH } from './canvas.ts'
import type { House, Room } from './texts/texts.ts'

const MARGIN = 20
const PACKAGE = { width: 172, height: 84, gap: 24 }
const TOP = 52
/** Where the districts begin. */
const GROUND = TOP + PACKAGE.height + 62
const LEFT = 64
const ROW = { height: 36, gap: 6 }
/** The height of a row of several rooms, whose texts stand below their names. */
const SHARED_HEIGHT = 54

/** Draws the packages, and below them the districts of core. */
export function drawHouse(house: House, theme: Theme): string {
  const { parts, bottom } = districts(house, theme)
  return page(house.title, bottom + MARGIN, theme, [
    text(MARGIN, 32, house.title, { fill: theme.ink, size: 16, bold: true }),
    ...packages(house, theme),
    text(MARGIN, GROUND - 18, house.caption, { fill: theme.ink, size: 14, bold: true }),
    ...parts,
  ])
}

function packages({ packages }: House, theme: Theme): string[] {
  const { width, height, gap } = PACKAGE
  const last = packages.length - 1
  return packages.flatMap(({ name, says, rule }, index) => {
    const x = MARGIN + index * (width + gap)
    const middle = TOP + height / 2
    const isApart = index === last
    return [
      box(x, TOP, width, height, { fill: theme.floors[isApart ? 0 : 1], stroke: theme.border, dashed: isApart }),
      text(x + 12, TOP + 24, name, { fill: theme.ink, size: 14, bold: true, mono: true }),
      text(x + 12, TOP + 47, says, { fill: theme.ink, size: 12.5 }),
      text(x + 12, TOP + 67, rule, { fill: theme.muted, size: 12.5 }),
      ...(index < last - 1 ? [arrow(`M${x + width + 3} ${middle}H${x + width + gap - 3}`, theme.accent)] : []),
    ]
  })
}

function districts({ rows, imports }: House, theme: Theme): { parts: string[]; bottom: number } {
  const parts: string[] = []
  let y = GROUND
  for (const { floor, rooms } of rows) {
    const height = rooms.length > 1 ? SHARED_HEIGHT : ROW.height
    const width = (WIDTH - MARGIN - LEFT - ROW.gap * (rooms.length - 1)) / rooms.length
    for (const [index, room] of rooms.entries()) {
      const x = LEFT + index * (width + ROW.gap)
      parts.push(box(x, y, width, height, { fill: theme.floors[floor], stroke: theme.border }))
      parts.push(...(rooms.length > 1 ? below(room, x, y, theme) : beside(room, x, y, theme)))
    }
    y += height + ROW.gap
  }
  const bottom = y - ROW.gap
  const [x, middle] = [MARGIN + 28, (GROUND + bottom) / 2]
  const label = text(0, 0, imports, { fill: theme.muted, size: 12.5, anchor: 'middle' })
  parts.push(arrow(`M${x} ${bottom - 4}V${GROUND + 4}`, theme.accent))
  parts.push(`<g transform="translate(${x - 12} ${middle}) rotate(-90)">${label}</g>`)
  return { parts, bottom }
}

function beside({ name, says }: Room, x: number, y: number, theme: Theme): string[] {
  return [
    text(x + 14, y + 23, name, { fill: theme.ink, size: 13.5, bold: true, mono: true }),
    text(x + 128, y + 23, says, { fill: theme.ink }),
  ]
}

function below({ name, says }: Room, x: number, y: number, theme: Theme): string[] {
  return [
    text(x + 14, y + 22, name, { fill: theme.ink, size: 13.5, bold: true, mono: true }),
    text(x + 14, y + 42, says, { fill: theme.ink, size: 12.5 }),
  ]
}
