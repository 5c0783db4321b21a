export { type Card, type CardsFlavor, cards, type MarkdownCardOptions } from './plugin/cards.ts'
