import type { Card } from '../card/card.ts'
import type { DeliverOptions } from '../deliver/options.ts'
import type { StopButton } from '../flow/stop-button.ts'
import type { CardButton, Section } from '../layout/layout.ts'
import type { TextSource } from '../source/source.ts'
import type { TemplateOptions } from '../template/templates.ts'
import type { CardData } from '../variables/variables.ts'

/** What an AI card shows besides its text. */
export interface AiCardContent {
  readonly title?: string | undefined
  /** A mediaId (`@lAL…`). */
  readonly logo?: string | undefined
  /** Markdown that does not stream. */
  readonly staticMarkdown?: string | undefined
  readonly tips?: string | undefined
  readonly buttons?: readonly CardButton[] | undefined
  /** Which parts are shown, in this order. */
  readonly order?: readonly Section[] | undefined
  /** The line below the card that says where the answer comes from. */
  readonly source?: string | undefined
  /** Other variables of a template of one's own. */
  readonly data?: CardData | undefined
}

export interface AiCardOptions extends AiCardContent, DeliverOptions {
  /** Another template, or other names of its variables. */
  readonly template?: TemplateOptions['ai']
  /** Milliseconds between the end of one frame and the next. Default 800; at least 500, or the platform refuses them. */
  readonly interval?: number | undefined
  /** `low` sends fewer frames, for editions with few calls a month. Default `normal`. */
  readonly quota?: 'normal' | 'low' | undefined
  /** Characters after which the text goes on in another card. Default 3,000: longer ones may render blank. At most 20,000. */
  readonly maxLength?: number | undefined
  /** What is put below a text that was broken off; `''` for nothing. */
  readonly failureText?: string | undefined
  /** Milliseconds without a piece until a source counts as hung. Default 120,000. */
  readonly idleTimeout?: number | undefined
  /** Milliseconds for which the end of a card is retried. Default 60,000. */
  readonly endTimeout?: number | undefined
  /** A button that ends the card, finished with what there is, while the text comes. Default: none. */
  readonly stopButton?: boolean | StopButton | undefined
  /** Ends the card, finished with what there is. */
  readonly signal?: AbortSignal | undefined
}

/** What is shown besides the text is for the end, whoever ends the card. */
export interface StreamOptions extends AiCardContent {
  /** Ends the card, finished with what there is. */
  readonly signal?: AbortSignal | undefined
  readonly idleTimeout?: number | undefined
  /** Told what the model thinks; what it returns goes into the text. */
  readonly onReasoning?: ((delta: string) => string | undefined | void) | undefined
  /** Told everything that is neither text nor thought: calls of tools and their results; what it returns goes into the text. */
  readonly onPart?: ((part: Readonly<Record<string, unknown>>) => string | undefined | void) | undefined
}

export interface StreamResult {
  readonly status: 'finished' | 'failed'
  /** What ended the text: the source or `finish`, somebody's signal, or a bot that stops. */
  readonly endedBy: 'source' | 'abort' | 'stop'
  /** All of the text, however many cards it took. */
  readonly text: string
  /** The cards, first to last. None when there was only a message. */
  readonly cards: readonly Card[]
  /** Set when text went out as a markdown message, because there was no card for it. */
  readonly fallback?: { readonly reason: unknown } | undefined
}

export type AiCardState = 'idle' | 'processing' | 'inputting' | 'finished' | 'failed'

/** A card whose text is written while people look at it: idle → processing → inputting → finished | failed. */
export interface AiCard extends AsyncDisposable {
  readonly state: AiCardState
  /** Aborts when the card has ended, whoever ended it: give it to the model, so that a stop button saves tokens. */
  readonly signal: AbortSignal
  /** Of the card that is written now; undefined until there is one. */
  readonly outTrackId: string | undefined
  /** Shows the card before there is any text. Optional: everything else does so by itself. Never rejects. */
  start(): Promise<void>
  /**
   * Shows what a model says, and ends the card. Reads at full speed, and sends the newest text now and then.
   *
   * @throws what the source throws, after the card has ended failed; TimeoutError when the source hangs.
   * @example
   * const { textStream } = streamText({ model, prompt: ctx.text })
   * await ctx.aiCard({ title: '助手' }).stream(textStream)
   */
  stream(source: TextSource, options?: StreamOptions): Promise<StreamResult>
  /** Adds to the text. Returns at once. @throws DingTalkError when the card has ended. */
  append(delta: string): void
  /** Takes the place of the text, in the last card when there are several. @throws DingTalkError when the card has ended. */
  replace(markdown: string): void
  /** Changes what is shown besides the text. Resolves at once; the platform gets it in its turn, at the latest with the end. */
  update(content: AiCardContent): Promise<void>
  /** Ends the card. @param final takes the place of the text, in the last card when there are several. */
  finish(final?: string, content?: AiCardContent): Promise<StreamResult>
  /** Ends the card as failed, with the text so far and the reason. @param reason default: the option `failureText`. */
  fail(reason?: string): Promise<StreamResult>
  /** Takes all its cards back. */
  recall(): Promise<void>
}

export const DEFAULT_INTERVAL = 800
/** Faster than that, the platform refuses frames of one card. */
export const MIN_INTERVAL = 500
/** Milliseconds between frames of `quota: 'low'`. */
export const LOW_INTERVAL = 4_000
export const DEFAULT_MAX_LENGTH = 3_000
/** The platform takes no longer text (`param.stream.content`). */
export const HARD_MAX_LENGTH = 20_000
export const DEFAULT_FAILURE_TEXT = '（回答中断，请重试）'
export const DEFAULT_IDLE_TIMEOUT = 120_000
/** Milliseconds after which a card that nobody writes to, and nobody ends, fails by itself. */
export const WATCHDOG = 600_000
export const DEFAULT_END_TIMEOUT = 60_000
