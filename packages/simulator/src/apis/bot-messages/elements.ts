import type { FileInput } from '../files/store.ts'

/** A piece of a card that is a message: words, the address of a link, a picture. */
export type CardElement = string | { readonly link: string } | { readonly picture: FileInput }

interface Element {
  readonly elementType: 'RICHTEXT' | 'TEXT' | 'LINK' | 'IMAGE' | 'UNKNOWN'
  readonly value?: string
  readonly downloadCode?: string
  readonly children?: readonly Element[]
}

/** Source of the layout, which is no text although it looks like some (multica-ai/multica, live). */
const LAYOUT: readonly Element[] = [
  { elementType: 'UNKNOWN', value: '{"tag":"layout","children":[{"tag":"markdown"}]}' },
  { elementType: 'UNKNOWN', value: '{}' },
]

/** The element tree that bots get of a card that is a message: the pieces of one line. */
export function elementTree(
  elements: readonly CardElement[],
  codeOf: (picture: FileInput) => string,
): readonly [Element] {
  const children = elements.map((element): Element => {
    if (typeof element === 'string') return { elementType: 'TEXT', value: element }
    if ('link' in element) return { elementType: 'LINK', value: element.link }
    return { elementType: 'IMAGE', downloadCode: codeOf(element.picture) }
  })
  return [{ elementType: 'RICHTEXT', children }]
}

/** The same of a card of the bot that is quoted, where the source of its layout comes first. */
export function quotedTree(texts: readonly string[]): readonly [Element] {
  const children = texts.map((value): Element => ({ elementType: 'TEXT', value }))
  return [{ elementType: 'RICHTEXT', children: [...LAYOUT, ...children] }]
}
