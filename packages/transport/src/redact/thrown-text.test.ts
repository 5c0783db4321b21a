import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { messageOf, thrownFields, thrownFrames, thrownText } from './thrown-text.ts'

describe('what was thrown, in words', () => {
  test('is the message of an error, with its name where it is for a log', () => {
    const error = new TypeError('no ticket=s3cret')
    expect(messageOf(error)).toBe('no ticket=s3cret')
    expect(thrownText(error)).toBe('TypeError: no ticket=***')
  })

  test.each([
    ['text', 'text'],
    [undefined, 'undefined'],
    [null, 'null'],
    [1n, '1'],
    [Symbol('s'), 'Symbol(s)'],
    [Object.create(null), 'something that cannot be printed'],
    [Object.assign(new Error('x'), { message: 7 }), '7'],
  ])('is the text of anything else (%#)', (thrown, text) => {
    expect(messageOf(thrown)).toBe(text)
    expect(thrownText(thrown)).toContain(text)
  })
})

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
      expect(messageOf(thrown)).toEqual(expect.any(String))
    },
  )
})
