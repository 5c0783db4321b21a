import { expect, test } from 'vitest'
import { createBus } from './bus.ts'

test('every listener hears every event until it goes', () => {
  const bus = createBus<number>()
  const heard: string[] = []
  const off = bus.on(event => heard.push(`a${event}`))
  bus.on(event => heard.push(`b${event}`))
  bus.emit(1)
  off()
  bus.emit(2)
  expect(heard).toEqual(['a1', 'b1', 'b2'])
})

test('one listener twice is two', () => {
  const bus = createBus<number>()
  let heard = 0
  const listener = () => {
    heard += 1
  }
  const off = bus.on(listener)
  bus.on(listener)
  bus.emit(1)
  off()
  bus.emit(2)
  expect(heard).toBe(3)
})

test('who comes during an event hears the next one', () => {
  const bus = createBus<number>()
  const heard: number[] = []
  const off = bus.on(() => {
    off()
    bus.on(event => heard.push(event))
  })
  bus.emit(1)
  bus.emit(2)
  expect(heard).toEqual([2])
})
