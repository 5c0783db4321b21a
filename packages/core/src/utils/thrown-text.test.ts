import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { thrownFields, thrownFrames } from './thrown-text.ts'

describe('the frames of what was thrown', () => {
  test('begin where it was thrown, and leave its message out, also one of several lines', () => {
    function guilty(): Error {
      return new TypeError('first\n    at second')
    }
    const frames = thrownFrames(guilty())
    expect(frames).toMatch(/^ {4}at guilty .*thrown-text\.test\.ts/)
    expect(frames).not.toContain('second')
  })

  test('hold no secrets', () => {
    const error = Object.assign(new Error('x'), { stack: 'Error: x\n    at https://h/p?session=5ecr37:1:2' })
    expect(thrownFrames(error)).toBe('    at https://h/p?session=***')
  })

  test('are there for errors of another realm as well', () => {
    expect(thrownFrames(runInNewContext('new Error("x")'))).toMatch(/^ {4}at /)
  })

  const refusing: object = new Proxy(new Error('x'), {
    get() {
      throw new Error('no')
    },
  })
  test.each([undefined, null, 'text', 1n, Symbol('s'), {}, { stack: 1 }, { stack: 'nothing like it' }, refusing])(
    'are missing for what has none (%#)',
    thrown => {
      expect(thrownFrames(thrown)).toBeUndefined()
      expect(thrownFields(thrown)).toEqual({})
    },
  )
})
