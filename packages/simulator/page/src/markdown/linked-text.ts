import MarkdownIt from 'markdown-it'
import { linkAddresses } from './linkify.ts'

const { linkify } = linkingParser()

export interface Piece {
  readonly text: string
  readonly href?: string
}

/** Cuts plain text at the addresses in it. */
export function linkText(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { index, lastIndex, url } of linkify.match(text) ?? []) {
    if (index > from) pieces.push({ text: text.slice(from, index) })
    pieces.push({ text: text.slice(index, lastIndex), href: url })
    from = lastIndex
  }
  if (from < text.length) pieces.push({ text: text.slice(from) })
  return pieces
}

function linkingParser(): MarkdownIt {
  const md = new MarkdownIt()
  linkAddresses(md)
  return md
}
