import fc from 'fast-check'
import * as v from 'valibot'
import { expect, test } from 'vitest'
import * as lenient from './lenient.ts'

/** Values that a field may have: what fits it, what nearly does, and anything else that JSON knows. */
const values = fc.oneof(
  fc.constantFrom('', ' ', 'a', ' a ', '\n', '1', ' -1.5 ', '1e3', '0x1', 'true', 'FALSE', 'yes', '[]', '[{"id":1}]'),
  fc.constantFrom(undefined, null, true, false, 0, 1, -0, 2, 1.5, Number.NaN, Number.POSITIVE_INFINITY),
  fc.string(),
  fc.double(),
  fc.jsonValue(),
)

test.each([
  ['textOf', lenient.textOf, lenient.text],
  ['filledOf', lenient.filledOf, lenient.filled],
  ['idOf', lenient.idOf, lenient.id],
  ['numberOf', lenient.numberOf, lenient.number],
  ['flagOf', lenient.flagOf, lenient.flag],
] as const)('%s() reads whatever there is as its schema does', (_name, read, schema) => {
  const property = fc.property(values, value => {
    expect(read(value)).toBe(v.parse<v.GenericSchema<unknown, unknown>>(schema, value))
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('listOf() reads whatever there is as its schema does', () => {
  const schema = lenient.list(v.object({ id: lenient.id, name: lenient.filled }))
  const read = ({ id, name }: lenient.Fields) => ({ id: lenient.idOf(id), name: lenient.filledOf(name) })
  const item = fc.oneof(fc.record({ id: values, name: values }, { requiredKeys: [] }), values)
  const lists = fc.oneof(
    fc.array(item),
    fc.array(item).map(list => JSON.stringify(list)),
    values,
  )
  const property = fc.property(lists, value => {
    expect(lenient.listOf(value, read)).toEqual(v.parse(schema, value))
  })
  fc.assert(property, { numRuns: 2_000 })
})
