import type { DeliverOptions } from './deliver-options.ts'
import type { Section } from './layout.ts'
import type { Template, TemplateSettings } from './settings.ts'
import type { CardData } from './variables.ts'

/** `content` is the variable that streams; `blocks` and `copy` get the finished text, as a list of blocks and for copying. */
export type AiName = 'content' | 'staticContent' | 'title' | 'logo' | 'tips' | 'status' | 'layout' | 'blocks' | 'copy'

/** The states of an AI card that a template can tell apart: before there is text, while it comes, and its two ends. */
export type AiState = 'processing' | 'inputting' | 'finished' | 'failed'

/**
 * A stop button that a template brings along: its id, and the variables that show and hide it.
 *
 * @example
 * const stopButton = { id: 'btn_stop', shown: { hasAction: 'true' }, hidden: { hasAction: 'false' } }
 *
 * It is shown only on cards with the option `stopButton`, as nobody listens on others.
 */
export interface TemplateStopButton {
  /** The id that the designer gave it, which clicks bring. */
  readonly id: string
  /** Variables that make it show. */
  readonly shown: CardData
  /** Variables that hide it. */
  readonly hidden: CardData
}

/**
 * A template for AI cards: the names of its variables, and what is done with it when. What is left out is as for the default
 * template, or as the options of the plugin say.
 *
 * @example
 * const mine: AiTemplateSettings = {
 *   id: '66666666-7777-8888-9999-000000000000',
 *   variables: { content: 'body', status: 'state', layout: 'layout' },
 *   buttonsIn: ['inputting', 'finished'],
 * }
 * const bot = createBot().use(cards({ templates: { ai: mine } }))
 */
export interface AiTemplateSettings extends TemplateSettings<AiName> {
  /** The names of its states in the variable `status`. Default: `1`, `2`, `3`, `5`. */
  readonly states?: { readonly [S in AiState]?: string | undefined } | undefined
  /** Variables that stay as they are and go with every update, as `{ config: { autoLayout: true } }`. Objects become JSON. */
  readonly fixed?: CardData | undefined
  /** The variables that the card is created with. Default, `false`: all that are known by then. */
  readonly createdWith?: CardData | false | undefined
  /** Shown in place of the text until there is some, as `思考中…`. Default: nothing. */
  readonly placeholder?: string | undefined
  /**
   * The sign that text comes: an update with the state `inputting` before the first frame (default), a blank frame right
   * after it was delivered, or nothing.
   */
  readonly opening?: 'update' | 'frame' | 'none' | undefined
  /** The sections that it shows; those for buttons and static text are added where there are any. */
  readonly order?: readonly Section[] | undefined
  /** The states in which it shows buttons; in others they are not sent. Default: `finished`. */
  readonly buttonsIn?: readonly AiState[] | undefined
  /** A stop button of its own. Default: none. */
  readonly stopButton?: TemplateStopButton | false | undefined
  /** Options of delivery for its cards, where the call says nothing else: `{ separately: true }` for creation in two calls. */
  readonly deliver?: DeliverOptions | undefined
}

/**
 * A template for AI cards with everything decided, as the presets are.
 *
 * @example
 * const mine: AiTemplate = { ...aiTemplate382e4302, id: MINE, placeholder: '思考中…' }
 *
 * To change a little, {@link AiTemplateSettings} is enough: it needs only what is different.
 */
export interface AiTemplate extends Template<AiName> {
  readonly states: Readonly<Record<AiState, string>>
  readonly fixed: CardData
  readonly createdWith: CardData | false
  readonly placeholder: string
  readonly opening: 'update' | 'frame' | 'none'
  readonly order: readonly Section[]
  readonly buttonsIn: readonly AiState[]
  readonly stopButton: TemplateStopButton | false
  readonly deliver: DeliverOptions
}
