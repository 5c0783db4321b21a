import { expect, test } from 'vitest'
import { formValuesOf } from './form.ts'

test.each<[string, unknown, unknown]>([
  ['a text', '张三', '张三'],
  ['a number', 0, 0],
  ['nothing', null, null],
  ['what was selected, without its position', { index: 1, value: 'sick' }, 'sick'],
  ['what was ticked of several', { index: [0, 2], value: ['a', 'c'] }, ['a', 'c']],
  ['a list as it is', ['a', 'c'], ['a', 'c']],
  ['what was ticked of one list', { id: 'a' }, 'a'],
  ['an object with an id and more, as it is', { id: 'a', name: 'A' }, { id: 'a', name: 'A' }],
  ['a value without a position, as it is', { value: 'a', unit: 'd' }, { value: 'a', unit: 'd' }],
  ['a position without a value, as it is', { index: 1 }, { index: 1 }],
  ['an empty object, as it is', {}, {}],
])('the value of a field is %s', (_, field, value) => {
  expect(formValuesOf({ field, other: 'o' })).toEqual({ field: value, other: 'o' })
})
