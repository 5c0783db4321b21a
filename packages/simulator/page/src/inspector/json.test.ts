import { expect, test } from 'vitest'
import { tokenize } from './json.ts'

test('the pieces of JSON are told apart', () => {
  const text = JSON.stringify({ a: 'x"<b>', n: -1.5e3, list: [true, null] })
  const pieces = tokenize(text).filter(({ kind }) => kind !== 'mark')
  expect(pieces.map(({ kind, text: piece }) => [kind, piece])).toEqual([
    ['key', '"a":'],
    ['string', '"x\\"<b>"'],
    ['key', '"n":'],
    ['number', '-1500'],
    ['key', '"list":'],
    ['word', 'true'],
    ['word', 'null'],
  ])
})

test.each(['', 'no JSON: "open', '{"a":1', 'nan -tru\n "x" : 1', `"${'x'.repeat(70_000)}"`])(
  'together the pieces of %.20s are the text again',
  text => {
    expect(
      tokenize(text)
        .map(piece => piece.text)
        .join(''),
    ).toBe(text)
  },
)
