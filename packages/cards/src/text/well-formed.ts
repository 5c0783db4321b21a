import { wellFormed } from '@dingware/core/plugin'

export { wellFormed }

/** Repairs all texts in a value, however deep. */
export function wellFormedIn<T>(value: T): T
export function wellFormedIn(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(item => wellFormedIn(item))
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [wellFormed(name), wellFormedIn(item)]))
}

/** The first `length` code units of a text, or one less where that would cut a character in two. */
export function cutTo(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** Puts characters together again that a stream has cut in two. */
export interface Joiner {
  /** The part of a piece, and of the rest of the one before, that can be shown: the first half of a character waits for the second. */
  readonly join: (piece: string) => string
  /** Forgets the rest that waits. */
  readonly reset: () => void
}

export function createJoiner(): Joiner {
  let half = ''
  return {
    join(piece) {
      const text = half + piece
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? ''
      return wellFormed(text.slice(0, text.length - half.length))
    },
    reset() {
      half = ''
    },
  }
}

/** Everything that is drawn as nothing: spaces of every width, control and format characters, fillers, and blanks as HTML spells them. */
const INVISIBLE =
  /[\s\p{Z}\p{Cc}\p{Cf}\u115f\u1160\u2800\u3164\uffa0]|\ufe0f|&(?:nbsp|ensp|emsp|thinsp|zwnj|zwj|#160|#8203|#xa0|#x200b);|<br\s*\/?>/giu

/** Whether somebody who looks at a text sees nothing. */
export function isBlank(text: string): boolean {
  return text.replace(INVISIBLE, '') === ''
}
