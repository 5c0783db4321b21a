import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createDisplacementWatch, type DisplacementWatch } from './displacement.ts'

const closed = (code = 1000) => ({ reason: 'closed', code, detail: '' }) as const
const none = { kind: 'none' }
const sibling = { kind: 'sibling', times: 1, holds: expect.any(Function) }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

describe('own connections', () => {
  /** Two connections that the platform closes in turn, each when the other opens. */
  const closeEachOther = (watch: DisplacementWatch, again = { isOpen: true }) => {
    watch.opened(0, { isOpen: true })
    watch.opened(1, { isOpen: true })
    const first = watch.ended(0, closed(), 10)
    watch.opened(0, again)
    return [first, watch.ended(1, closed(), 10)] as const
  }

  test('that close each other twice are one too many, as long as the other is open', () => {
    const newest = { isOpen: true }
    const [first, second] = closeEachOther(createDisplacementWatch(60_000), newest)
    expect(first).toEqual(none)
    expect(second).toEqual(sibling)
    if (second.kind !== 'sibling') return
    expect(second.holds()).toBe(true)
    newest.isOpen = false
    expect(second.holds()).toBe(false)
  })

  test.each([
    ['oldest', [0, 1, 2]],
    ['newest', [2, 1, 0]],
  ])('that are all closed by a gateway that restarts are not, if the %s is the first', (_, order) => {
    const watch = createDisplacementWatch(60_000)
    const links = [{ isOpen: true }, { isOpen: true }, { isOpen: true }]
    for (const [connection, link] of links.entries()) watch.opened(connection, link)
    const displacements = order.map(connection => {
      links[connection] = Object.assign(links[connection] ?? {}, { isOpen: false })
      return watch.ended(connection, closed(), 10)
    })
    for (const connection of links.keys()) watch.opened(connection, { isOpen: true })
    expect(displacements.map(found => found.kind === 'sibling' && found.holds())).toEqual([false, false, false])
  })

  test.each([1006, 1001, 1011, 1012])('that are lost with code %i are not', code => {
    const watch = createDisplacementWatch(60_000)
    for (let i = 0; i < 20; i++) {
      for (const connection of [0, 1]) watch.opened(connection, { isOpen: true })
      expect(watch.ended(0, closed(code), 10)).toEqual(none)
    }
  })

  test('that were closed long after the other opened are not', () => {
    const watch = createDisplacementWatch(60_000)
    for (let i = 0; i < 20; i++) {
      for (const connection of [0, 1]) watch.opened(connection, { isOpen: true })
      vi.advanceTimersByTime(10_000)
      expect(watch.ended(0, closed(), 60_000)).toEqual(none)
    }
  })

  test('that meet by chance every few minutes are not', () => {
    const watch = createDisplacementWatch(60_000)
    for (let i = 0; i < 20; i++) {
      vi.advanceTimersByTime(120_000)
      for (const connection of [0, 1]) watch.opened(connection, { isOpen: true })
      expect(watch.ended(0, closed(), 120_000)).toEqual(none)
    }
  })
})

describe('a stranger', () => {
  const lose = (watch: DisplacementWatch, lifetime: number, code = 1000) => {
    watch.opened(0, { isOpen: true })
    return watch.ended(0, closed(code), lifetime)
  }

  test('is who closes a connection three times in a row, soon after it opened', () => {
    const watch = createDisplacementWatch(60_000)
    expect(lose(watch, 100)).toEqual(none)
    expect(lose(watch, 100)).toEqual(none)
    expect(lose(watch, 100)).toEqual({ kind: 'stranger', times: 3 })
    expect(lose(watch, 100)).toEqual({ kind: 'stranger', times: 4 })
  })

  test('is forgotten after a connection that lived', () => {
    const watch = createDisplacementWatch(60_000)
    for (let i = 0; i < 10; i++) {
      expect(lose(watch, 100)).toEqual(none)
      expect(lose(watch, 100)).toEqual(none)
      expect(lose(watch, 60_000)).toEqual(none)
    }
  })

  test('does not cut the line, announce a rotation, or send what is no frame', () => {
    const watch = createDisplacementWatch(60_000)
    for (let i = 0; i < 10; i++) {
      expect(lose(watch, 100, 1006)).toEqual(none)
      expect(watch.ended(0, { reason: 'disconnect', detail: '' }, 10)).toEqual(none)
      expect(lose(watch, 100, 1009)).toEqual(none)
    }
  })
})
