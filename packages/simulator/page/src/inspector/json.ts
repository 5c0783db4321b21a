/** A piece of JSON text and what it is, to be coloured. */
export interface Token {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'mark'
  readonly text: string
}

/** Longer texts stay without colours: each piece is an element. */
const LONGEST = 60_000

const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|[^"\dtfn-]+|./gs

/** Cuts JSON text into its pieces; together they are the text again. */
export function tokenize(text: string): readonly Token[] {
  if (text.length > LONGEST) return [{ kind: 'mark', text }]
  return Array.from(text.matchAll(pattern), ([whole, string, colon, number, word]): Token => {
    if (string !== undefined) return { kind: colon === undefined ? 'string' : 'key', text: whole }
    if (number !== undefined) return { kind: 'number', text: whole }
    return { kind: word === undefined ? 'mark' : 'word', text: whole }
  })
}
