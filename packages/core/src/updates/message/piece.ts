import type { TextStyle } from './rich-text.ts'

/** A part of what a message says, as `ctx.text` joins and `ctx.markdown` marks them up. */
export interface Piece {
  readonly text: string
  readonly style?: TextStyle | undefined
  /** Where a link leads; its text is the same, or what it is called. */
  readonly url?: string | undefined
  /** The text is markdown already. */
  readonly isMarkdown?: boolean
  /** A text node of a rich text, without a style: what mentions come as. */
  readonly isPlainNode?: boolean
  /** Said to be a mention: the id of who is mentioned, `''` when it is not told. */
  readonly mention?: string
  /** There is a picture or a file in this place. */
  readonly isMedia?: boolean
}
