import type { TextStyle } from './rich-text.ts'

/** Part of a message's text, which `ctx.text` joins and `ctx.markdown` formats. */
export interface Piece {
  readonly text: string
  readonly style?: TextStyle | undefined
  /** Target of a link, whose text is its label or the address itself. */
  readonly url?: string | undefined
  /** True if the text is markdown already. */
  readonly isMarkdown?: boolean
  /** True for a text node of rich text without a style, as mentions come. */
  readonly isPlainNode?: boolean
  /** Id of the mentioned person, if the node is marked as a mention; `''` if the id is missing. */
  readonly mention?: string
  /** True for a picture or file at this position. */
  readonly isMedia?: boolean
}
