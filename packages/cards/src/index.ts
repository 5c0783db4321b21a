// The plugin

// AI cards
export type {
  AiCard,
  AiCardContent,
  AiCardOptions,
  AiCardState,
  StreamOptions,
  StreamResult,
} from './ai-card/options.ts'
export { AI_CARD_STATUS } from './ai-card/status.ts'
// Cards
export type { Card, UpdateOptions } from './card/card.ts'
// Without an incoming message
export { type CardClient, type CardClientOptions, type CardSender, cardClient } from './client/client.ts'
export type { CardAt, DeliverOptions, DynamicDataSource, TopBox } from './deliver/options.ts'
export type { CardAddress } from './deliver/target.ts'
export type { CardsOptions } from './engine/options.ts'
export type { ButtonCardData, ButtonCardOptions } from './kinds/button-card.ts'
export { CAROUSEL_ACTION, type CarouselCardData, type CarouselCardOptions } from './kinds/carousel-card.ts'
export type { MarkdownCardData, MarkdownCardOptions } from './kinds/markdown-card.ts'
export type { RpaCardOptions, RpaPlugin } from './kinds/rpa-card.ts'
export type { CardButton, CarouselImage, Section } from './layout/layout.ts'
export { type CardsPlugin, cards } from './plugin/cards.ts'
export type { CardsFlavor } from './plugin/flavor.ts'
export type { TextSource } from './source/source.ts'
// Health
export type { CardStats } from './stats/stats.ts'
// Templates
export { type CardTemplate, defineCard } from './template/define-card.ts'
export type { StandardSchemaV1 } from './template/standard-schema.ts'
export type { TemplateOptions, TemplateSettings } from './template/templates.ts'
export type { CardData } from './variables/variables.ts'
