import type { Fits } from './limits.ts'
import type { Container } from './path.ts'

/** A stretch of markdown that can be put into a part, or taken apart when it is too long. */
export interface Unit {
  /** `raw` is text whose blocks could not be kept. */
  readonly type: 'heading' | 'list' | 'item' | 'block' | 'raw'
  /** What it stands in, outermost first. Its own text goes without these. */
  readonly path: readonly Container[]
  /** Blank lines between it and the unit before. */
  readonly blanks: number
  /** At least so many characters long; known before the text is made. */
  readonly length: number
  readonly text: () => string
  /** Whether it stays whole when it fits into a part by itself, even if the heading before it does not. */
  readonly isWhole?: boolean
  /** Its blocks, items, and so on. */
  readonly divide?: () => Unit[]
  /** What of it fits here, for a unit that has no smaller ones. */
  readonly take?: (fits: Fits, isFresh: boolean) => Taken | undefined
}

/** What was taken off the start of a unit. */
export interface Taken {
  readonly text?: string
  readonly rest: readonly Unit[]
}

/** Where a unit stands. */
export type Place = Pick<Unit, 'path' | 'blanks'>
