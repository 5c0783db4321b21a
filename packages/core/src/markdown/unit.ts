import type { Fits } from './limits.ts'
import type { Container } from './path.ts'

/** Piece of markdown that can be put into a part, or divided if it is too long. */
export interface Unit {
  /** `raw` is text whose block structure could not be kept. */
  readonly type: 'heading' | 'list' | 'item' | 'block' | 'raw'
  /** Containers around it, outermost first. Its own text is without their marks. */
  readonly path: readonly Container[]
  /** Number of blank lines before it. */
  readonly blanks: number
  /** Minimum length in characters; known before the text is made. */
  readonly length: number
  readonly text: () => string
  /** True if it is kept whole when it fits into a part by itself, even without the heading before it. */
  readonly isWhole?: boolean
  /** Divides it into its blocks or items. */
  readonly divide?: () => Unit[]
  /** Cuts off as much as fits, for a unit that cannot be divided. */
  readonly take?: (fits: Fits, isFresh: boolean) => Taken | undefined
}

/** Piece cut off the start of a unit, and the rest of it. */
export interface Taken {
  readonly text?: string
  readonly rest: readonly Unit[]
}

/** Containers and blank lines of a unit. */
export type Place = Pick<Unit, 'path' | 'blanks'>
