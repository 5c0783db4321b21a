import { arrow, box, monoWidth, page, type Theme, text } from './canvas.ts'
import type { Route, Stop } from './texts/texts.ts'

const MARGIN = 20
/** The lanes share that width. */
const LANES = 330
const LINE = 18
/** Between the texts of two stops. */
const GAP = 29
/** From stop to stop at least: a way to another lane takes that much to turn. */
const STEP = 46
const TOP = 66
const DOT = 6
/** How round a turn is. */
const TURN = 10
const CHIP = 12.5

/** A stop with the place of its dot; its title stands at the same height. */
interface Placed extends Stop {
  readonly x: number
  readonly y: number
}

/** Draws a way: on the left the lanes that it goes through, on the right what happens at each stop. */
export function drawRoute(route: Route, theme: Theme): string {
  const middleOf = (lane: number): number => MARGIN + ((lane + 0.5) * LANES) / route.lanes.length
  const stops = place(route.stops, middleOf)
  const bottom = endOf(stops.at(-1))
  const ways = stops.slice(1).map((stop, index) => way(stops[index] ?? stop, stop, theme))
  const left = MARGIN + LANES + 14
  return page(route.title, bottom + MARGIN, theme, [
    text(MARGIN, 32, route.title, { fill: theme.ink, size: 16, bold: true }),
    ...route.lanes.flatMap((lane, index) => laneOf(lane, middleOf(index), bottom, theme)),
    ...ways,
    ...stops.flatMap(stop => [dot(stop, theme), ...words(stop, left, theme)]),
  ])
}

function place(stops: readonly Stop[], middleOf: (lane: number) => number): Placed[] {
  let y = TOP + 36
  return stops.map(stop => {
    const placed = { ...stop, x: middleOf(stop.lane), y }
    y = Math.max(y + STEP, endOf(placed) + GAP)
    return placed
  })
}

function endOf(stop: Placed | undefined): number {
  const { y = 0, text = [], exits = [] } = stop ?? {}
  return y + 6 + LINE * (text.length + exits.length)
}

function laneOf(name: string, x: number, bottom: number, theme: Theme): string[] {
  return [
    `<path d="M${x} ${TOP + 8}V${bottom}" stroke="${theme.lane}" stroke-width="2" stroke-dasharray="2 5"/>`,
    text(x, TOP - 4, name, { fill: theme.muted, size: 12.5, bold: true, anchor: 'middle' }),
  ]
}

/** Down, over to the other lane, and down again. */
function way(from: Placed, to: Placed, theme: Theme): string {
  const [x, y] = [from.x, from.y - 4 + DOT]
  const [toX, toY] = [to.x, to.y - 4 - DOT]
  if (x === toX) return arrow(`M${x} ${y}V${toY}`, theme.accent)
  const side = Math.sign(toX - x) * TURN
  const level = toY - TURN - 8
  return arrow(
    `M${x} ${y}V${level - TURN}Q${x} ${level} ${x + side} ${level}H${toX - side}Q${toX} ${level} ${toX} ${level + TURN}V${toY}`,
    theme.accent,
  )
}

function dot({ x, y }: Placed, { paper, accent }: Theme): string {
  return `<circle cx="${x}" cy="${y - 4}" r="${DOT - 1}" fill="${paper}" stroke="${accent}" stroke-width="2"/>`
}

function words({ at, title, text: lines = [], exits = [], y }: Placed, x: number, theme: Theme): string[] {
  const chip = at === undefined ? 0 : monoWidth(at, CHIP) + 12
  const below = [
    ...lines.map(line => ({ line, fill: theme.muted })),
    ...exits.map(line => ({ line: `↩ ${line}`, fill: theme.exit })),
  ]
  return [
    ...(at === undefined ? [] : [box(x, y - 15, chip, 21, { fill: theme.floors[1], stroke: theme.border })]),
    ...(at === undefined
      ? []
      : [text(x + chip / 2, y, at, { fill: theme.ink, size: CHIP, mono: true, anchor: 'middle' })]),
    text(at === undefined ? x : x + chip + 8, y, title, { fill: theme.ink, size: 13.5, bold: true }),
    ...below.map(({ line, fill }, index) => text(x, y + 6 + LINE * (index + 1) - 2, line, { fill })),
  ]
}
