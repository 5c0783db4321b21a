import { expect, test } from 'vitest'
import { turn } from '../../../fixtures/turn.ts'
import { createLanes } from './lanes.ts'

test('who enters an empty lane need not wait', () => {
  const lanes = createLanes()
  expect(lanes.enter(['a']).turn).toBeUndefined()
  expect(lanes.enter(['a']).turn).toBeInstanceOf(Promise)
  expect(lanes.enter(['b']).turn).toBeUndefined()
})

test('who enters between the last leave and the next start comes after those who waited', async () => {
  const lanes = createLanes()
  const order: string[] = []
  const first = lanes.enter(['a'])
  const second = lanes.enter(['a'])
  void second.turn?.then(() => order.push('second'))
  first.leave()
  // Nothing has had a chance to run yet: the second has its turn, and does not know it.
  const third = lanes.enter(['a'])
  void third.turn?.then(() => order.push('third'))
  await turn()
  expect(order).toEqual(['second'])
  second.leave()
  await turn()
  expect(order).toEqual(['second', 'third'])
})

test('who enters in the moment in which the last one leaves finds the lane free, and only one does', () => {
  const lanes = createLanes()
  const last = lanes.enter(['a'])
  last.leave()
  expect(lanes.length('a')).toBe(0)
  expect(lanes.enter(['a']).turn).toBeUndefined()
  expect(lanes.enter(['a']).turn).toEqual(expect.any(Promise))
})

test('who gives up while waiting makes room for those behind', async () => {
  const lanes = createLanes()
  const first = lanes.enter(['a'])
  const second = lanes.enter(['a'])
  const third = lanes.enter(['a'])
  let isUp = false
  void third.turn?.then(() => {
    isUp = true
  })
  second.leave()
  await turn()
  expect(isUp).toBe(false)
  first.leave()
  await turn()
  expect(isUp).toBe(true)
})

test('those who share several lanes in any order never wait for each other', async () => {
  const lanes = createLanes()
  const tickets = [lanes.enter(['a', 'b']), lanes.enter(['b', 'a']), lanes.enter(['b', 'c', 'b'])]
  const done: number[] = []
  for (const [index, ticket] of tickets.entries()) {
    void (ticket.turn ?? Promise.resolve()).then(() => {
      done.push(index)
      ticket.leave()
    })
  }
  await turn()
  expect(done).toEqual([0, 1, 2])
  expect(['a', 'b', 'c'].map(lanes.length)).toEqual([0, 0, 0])
})
