import { expect, test } from 'vitest'
import { canAdvance, toManualClock } from './advance.ts'
import { manualClock } from './clock.ts'

/** A clock that only its test moves, and that says so to nobody. */
function running() {
  const { advance, ...clock } = manualClock(1_000)
  return { clock, advance }
}

test('skipping runs what falls due, in its order and at its time', () => {
  const { clock } = running()
  const skipping = toManualClock(clock)
  const ran: [string, number][] = []
  const note = (name: string) => () => void ran.push([name, skipping.now()])
  skipping.after(30, note('late'))
  skipping.after(10, note('early'))
  skipping.after(11, note('cancelled'))()
  skipping.after(100, note('never'))
  skipping.advance(30)
  expect(ran).toEqual([
    ['early', 1_010],
    ['late', 1_030],
  ])
})

test('time goes on by itself, and what is left comes sooner by what was skipped', () => {
  const { clock, advance } = running()
  const skipping = toManualClock(clock)
  let rang = 0
  skipping.after(100, () => {
    rang += 1
  })
  skipping.advance(60)
  advance(39)
  expect(skipping.now()).toBe(1_099)
  expect(rang).toBe(0)
  advance(1)
  advance(100)
  expect(rang).toBe(1)
})

test('a clock that can be moved stays what it is', () => {
  const clock = manualClock()
  expect(toManualClock(clock)).toBe(clock)
  expect(canAdvance(running().clock)).toBe(false)
})
