import { expect, test } from 'vitest'
import { manualClock, scopedClock, systemClock } from './clock.ts'

test('a manual clock runs what falls due, in its order and at its time', () => {
  const clock = manualClock(1_000)
  const ran: [string, number][] = []
  clock.after(20, () => ran.push(['second', clock.now()]))
  clock.after(10, () => {
    ran.push(['first', clock.now()])
    clock.after(5, () => ran.push(['between', clock.now()]))
  })
  clock.after(31, () => ran.push(['later', clock.now()]))
  const cancel = clock.after(1, () => ran.push(['cancelled', clock.now()]))
  cancel()
  clock.advance(30)
  expect(ran).toEqual([
    ['first', 1_010],
    ['between', 1_015],
    ['second', 1_020],
  ])
  expect(clock.now()).toBe(1_030)
})

test('closing a scope cancels its own tasks and leaves those of others', () => {
  const clock = manualClock()
  const scope = scopedClock(clock)
  const ran: string[] = []
  scope.after(10, () => ran.push('scoped'))
  clock.after(10, () => ran.push('other'))
  scope.close()
  clock.advance(10)
  expect(ran).toEqual(['other'])
})

test('the system clock goes by the time of the machine', async () => {
  const clock = systemClock()
  const before = clock.now()
  await new Promise<void>(resolve => clock.after(5, resolve))
  expect(clock.now() - before).toBeGreaterThanOrEqual(4)
})

test('what is put off for ever does not run at once', async () => {
  let ran = false
  systemClock().after(Infinity, () => {
    ran = true
  })
  await new Promise(resolve => setTimeout(resolve, 5))
  expect(ran).toBe(false)
})

test('a scoped clock puts nothing off once it is closed', () => {
  const clock = manualClock()
  const scoped = scopedClock(clock)
  let ran = 0
  const task = () => {
    ran += 1
  }
  scoped.after(1, task)
  scoped.close()
  scoped.after(1, task)
  clock.advance(10)
  expect(ran).toBe(0)
})
