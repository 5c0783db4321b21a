import { describe, expect, test } from 'vitest'
import { INNER_ROWS, PACKAGES, type PackageName, ROWS } from '../scripts/house/districts.ts'
import { circlesOf, survey } from '../scripts/house/survey.ts'

const names = Object.keys(PACKAGES) as PackageName[]

describe.each(names)('in %s', async name => {
  const { rooms, upward, roomCircles, fileCircles, strangers, files } = await survey(name)

  test('every room has its place in the order, and every place its room', () => {
    expect(rooms.toSorted()).toEqual(ROWS[name].flat().toSorted())
  })

  test('a room imports only those before it', () => {
    expect(upward).toEqual([])
  })

  test('neither rooms nor files import each other in a ring', () => {
    expect([...roomCircles, ...fileCircles]).toEqual([])
  })

  test('no other packages of ours are imported than those it stands on', () => {
    expect(strangers).toEqual([])
  })

  test('no file has more than 400 lines', () => {
    expect(files.filter(({ lines }) => lines > 400).map(({ path }) => path)).toEqual([])
  })
})

test.each(INNER_ROWS)('in $folder of $name a folder imports only those before it', async ({ name, folder, rows }) => {
  const { rooms, upward } = await survey(name, folder, rows)
  expect(rooms.toSorted()).toEqual(rows.flat().toSorted())
  expect(upward).toEqual([])
})

test.each([
  ['a ring of two', { a: ['b'], b: ['a'] }, [['a', 'b']]],
  ['a ring behind a way', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd']]],
  [
    'two rings with a node between',
    { a: ['b'], b: ['a', 'c'], c: ['d'], d: ['e'], e: ['d'] },
    [
      ['d', 'e'],
      ['a', 'b'],
    ],
  ],
  ['one that imports itself', { a: ['a'] }, [['a']]],
  ['a diamond, which is none', { a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, []],
] as const)('%s is found', (_, links, circles) => {
  const graph = new Map(Object.entries(links).map(([from, to]) => [from, new Set<string>(to)]))
  expect(circlesOf(graph)).toEqual(circles)
})
