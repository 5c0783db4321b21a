// The plugin

export { type CardsPlugin, cards } from './plugin/cards.ts'
export type { CardsFlavor } from './plugin/flavor.ts'
export type { CardsOptions } from './engine/options.ts'

// AI cards

export type {
  AiCard,
  AiCardContent,
  AiCardOptions,
  AiCardState,
  EmptyResult,
  FailedResult,
  FinishedResult,
  RefusedResult,
  StopButton,
  StoppedResult,
  StreamOptions,
  StreamOutcome,
  StreamResult,
} from './ai-card/options.ts'
export type { TextSource } from './text/source.ts'
export { AI_CARD_STATUS } from './engine/status.ts'

// Cards

export type { Card, UpdateOptions } from './deliver/card.ts'
export type { CardAt, DeliverOptions, DynamicDataSource, TopBox } from './template/deliver-options.ts'
export type { MarkdownCardData, MarkdownCardOptions } from './kinds/markdown-card.ts'
export type { ButtonCardData, ButtonCardOptions } from './kinds/button-card.ts'
export { CAROUSEL_ACTION, type CarouselCardData, type CarouselCardOptions } from './kinds/carousel-card.ts'
export { type CarouselSelection, carouselAction } from './kinds/carousel-action.ts'
export type { RpaCardOptions, RpaPlugin } from './kinds/rpa-card.ts'
export type { CardButton, CarouselImage, Section } from './template/layout.ts'

// Questions

export type { Choice, ChoiceOption, ChoiceValue, ChooseOptions, Confirmed } from './flow/choose.ts'
export type { FormCard, FormOptions, Submission } from './flow/form.ts'
export type { FormField, FormFieldType } from './flow/form-fields.ts'
export type { Clicker, QuestionOptions } from './flow/question.ts'
export type { QuestionTexts } from './flow/texts.ts'
export type { ClickedCardData } from './flow/clicked-card.ts'

// Actions, as core has them

export { type Action, type ActionButton, type ActionOptions, defineAction, type StandardSchemaV1 } from '@dingware/core'

// Without an incoming message

export { type CardClient, type CardClientOptions, type CardSender, cardClient } from './plugin/client.ts'
export type { CardAddress } from './deliver/target.ts'

// Templates

export { type CardTemplate, defineCard } from './template/define-card.ts'
export type { CardData } from './template/variables.ts'
export type { TemplateOptions } from './template/templates.ts'
export type { TemplateSettings } from './template/settings.ts'
export type { AiState, AiTemplate, AiTemplateSettings, TemplateStopButton } from './template/ai-settings.ts'
export { aiTemplate02fcf2f4, aiTemplate8aebdfb9, aiTemplate382e4302, aiTemplate675cde2f } from './template/presets.ts'

// Health

export type { CardStats } from './engine/stats.ts'
