import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFifo } from './fifo.ts'

test('whatever is pushed, shifted and cleared, it is what an array would be', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ push: fc.integer() }) },
    { weight: 4, arbitrary: fc.constant('shift' as const) },
    { weight: 1, arbitrary: fc.constant('clear' as const) },
  )
  const property = fc.property(fc.array(step, { maxLength: 200 }), steps => {
    const fifo = createFifo<number>()
    let array: number[] = []
    for (const step of steps) {
      if (step === 'shift') expect(fifo.shift()).toBe(array.shift())
      else if (step === 'clear') expect(fifo.clear()).toEqual(array.splice(0))
      else {
        fifo.push(step.push)
        array = [...array, step.push]
      }
      expect(fifo.size).toBe(array.length)
      expect(fifo.first).toBe(array[0])
    }
    expect(fifo.clear()).toEqual(array)
  })
  fc.assert(property)
})

test('it holds many, and gives them back in order', () => {
  const fifo = createFifo<number>()
  for (let i = 0; i < 100_000; i++) fifo.push(i)
  for (let i = 0; i < 100_000; i++) expect(fifo.shift() === i).toBe(true)
  expect(fifo.size).toBe(0)
})
