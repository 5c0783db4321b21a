import { expect, test } from 'vitest'
import { CardText } from './card-text.ts'

/** Two paragraphs, of which a card of 100 characters takes one. */
const FIRST = '一'.repeat(90)
const SECOND = '二'.repeat(90)

function textOf(...pieces: readonly string[]): CardText {
  const text = new CardText(100)
  for (const piece of pieces) text.append(piece)
  return text
}

test('a text has news until it was sent, and again with every piece', () => {
  const text = textOf('一')
  expect(text.hasNews).toBe(true)
  expect(text.send()).toBe('一')
  expect(text.hasNews).toBe(false)
  text.append('二')
  expect(text.hasNews).toBe(true)
  expect(text.send()).toBe('一二')
})

test('a text that nobody could see is no news before there was any, and is news afterwards', () => {
  const text = textOf(' \n\u200b')
  expect(text.hasNews).toBe(false)
  text.append('一')
  text.send()
  text.append(' ')
  expect(text.hasNews).toBe(true)
})

test('a frame that did not arrive makes its text news again', () => {
  const text = textOf('一')
  text.send()
  text.unsend()
  expect(text.hasNews).toBe(true)
})

test('a piece that ends within a character waits for the rest of it', () => {
  const text = textOf('好\ud83d')
  expect(text.send()).toBe('好')
  text.append('\ude00')
  expect(text.send()).toBe('好😀')
  expect(text.whole).toBe('好😀')
})

test('a text that is still being written is sent as valid markdown, and kept as it was written', () => {
  const text = textOf('**重要')
  expect(text.send()).toBe('**重要**')
  expect(text.tail).toBe('**重要')
})

test('a text that is too long for a card goes on in the next', () => {
  const text = textOf(FIRST, '\n\n', SECOND)
  expect(text.isOver).toBe(false)
  text.layOut()
  expect(text.isOver).toBe(true)
  expect(text.rest).toBe(`${FIRST}\n\n${SECOND}`)
  expect(text.freeze()).toBe(FIRST)
  expect(text.isOver).toBe(false)
  expect(text.tail).toBe(SECOND)
  expect(text.rest).toBe(SECOND)
  expect(text.whole).toBe(`${FIRST}\n\n${SECOND}`)
})

test('the next card has everything to be sent', () => {
  const text = textOf(FIRST, '\n\n', SECOND)
  text.send()
  text.freeze()
  expect(text.hasNews).toBe(true)
  expect(text.send()).toBe(SECOND)
})

test('a text that takes the place of another does so in the last card alone', () => {
  const text = textOf(FIRST, '\n\n', SECOND)
  text.layOut()
  text.freeze()
  text.replace('三')
  expect(text.tail).toBe('三')
  expect(text.whole).toBe(`${FIRST}\n\n三`)
})
