import type { Allowed, ApiError } from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import type { AiCardDefaults } from '../engine/options.ts'
import type { DeliverOptions } from '../template/deliver-options.ts'
import type { CardButton, Section } from '../template/layout.ts'
import type { TemplateOptions } from '../template/templates.ts'
import type { CardData } from '../template/variables.ts'
import type { TextSource } from '../text/source.ts'

/**
 * Everything that an AI card shows besides its text: title, buttons, the line below.
 *
 * @example
 * await ctx.aiCard({ title: '助手' }).stream(textStream, { buttons: [{ text: '重试', id: 'retry' }] })
 *
 * The default template shows buttons only once the card has finished, so they belong to the end of a stream.
 */
export interface AiCardContent {
  readonly title?: string | undefined
  /** A mediaId (`@lAL…`). */
  readonly logo?: string | undefined
  /** Markdown that does not stream. */
  readonly staticMarkdown?: string | undefined
  readonly tips?: string | undefined
  readonly buttons?: readonly CardButton[] | undefined
  /** The parts that are shown, in this order. */
  readonly order?: readonly Section[] | undefined
  /** The line below the card that says where the answer comes from. */
  readonly source?: string | undefined
  /** Other variables of a template of one's own. */
  readonly data?: CardData | undefined
}

/**
 * The stop button of an AI card: its text, and who may press it.
 *
 * @example
 * await ctx.aiCard({ template: aiTemplate675cde2f, stopButton: { allow: 'anyone' } }).stream(textStream)
 *
 * Give `card.signal` to the model as well, or it goes on writing for nobody.
 */
export interface StopButton {
  /** Default `停止`. A template that brings a button of its own has its own text. */
  readonly text?: string | undefined
  /** People who may stop it. Default `sender`. */
  readonly allow?: Allowed | undefined
}

/**
 * The options of one AI card: its content, its limits, and how it is delivered. Each goes before the one of the same name
 * that the plugin was given in `aiCard`.
 *
 * @example
 * const card = ctx.aiCard({ title: '周报', maxLength: 2_000, failureText: '（已中断）' })
 *
 * @throws RangeError for an `interval`, `air` or `maxLength` that the platform would not take.
 */
export interface AiCardOptions extends AiCardContent, AiCardDefaults, DeliverOptions {
  /** Another template: a preset (`aiTemplate02fcf2f4` …), one of your own, or what is different about it. */
  readonly template?: TemplateOptions['ai']
  /**
   * A button that ends the card, finished with what there is, while the text comes. Default: none. Only some templates show one
   * by then, `aiTemplate675cde2f` among them; on others it is not drawn, with a warning.
   */
  readonly stopButton?: boolean | StopButton | undefined
  /** Ends the card, finished with what there is. */
  readonly signal?: AbortSignal | undefined
}

/**
 * The options of one stream: limits and listeners for its source, and content for the end of the card, whoever ends it.
 *
 * @example
 * await ctx.aiCard().stream(result.fullStream, {
 *   onReasoning: thought => `> ${thought}`,
 *   tips: '由 AI 生成',
 * })
 *
 * What a listener throws ends the card as failed, as if the source had thrown it.
 */
export interface StreamOptions extends AiCardContent {
  /** Ends the card, finished with what there is. */
  readonly signal?: AbortSignal | undefined
  readonly idleTimeout?: number | undefined
  /** Told what the model thinks; what it returns goes into the text. */
  readonly onReasoning?: ((delta: string) => string | undefined | void) | undefined
  /** Told everything that is neither text nor thought: calls of tools and their results; what it returns goes into the text. */
  readonly onPart?: ((part: Readonly<Record<string, unknown>>) => string | undefined | void) | undefined
}

/** The part of a {@link StreamResult} that is there whatever the end: the text, its cards, and whether a message went out instead. */
export interface StreamOutcome {
  /** All of the text as it was written, however many cards it took. */
  readonly text: string
  /** The cards, first to last. None when there was only a message. */
  readonly cards: readonly Card[]
  /** Set when text went out as a markdown message, because there was no card for it. */
  readonly fallback?: { readonly reason: unknown } | undefined
  /** The model's own word for why it ended, as far as it gave one: `stop`, `length`. */
  readonly finishReason?: string | undefined
}

/** The result of a card that shows its text as it is, to its end. */
export interface FinishedResult extends StreamOutcome {
  readonly status: 'finished'
  /** The source or `finish()`. */
  readonly endedBy: 'source'
}

/**
 * The result of a card that somebody ended, by the stop button or a signal, with what there was by then.
 *
 * @example
 * if (result.status === 'stopped') ctx.log.info('stopped', { length: result.text.length })
 */
export interface StoppedResult extends StreamOutcome {
  readonly status: 'stopped'
  readonly endedBy: 'abort'
  /** Of the signal. */
  readonly reason: unknown
}

/**
 * The result of a card without text, which shows `emptyText` instead.
 *
 * @example
 * if (result.status === 'empty' && result.reason === 'length') ctx.log.warn('raise the limit of tokens')
 */
export interface EmptyResult extends StreamOutcome {
  readonly status: 'empty'
  readonly endedBy: 'source'
  /** `length`: thoughts took all that the model may write; `reasoning`: nothing but thoughts; `blank`: nothing that can be seen; `nothing`. */
  readonly reason: 'length' | 'reasoning' | 'blank' | 'nothing'
}

/**
 * The result of a card whose text the platform's review of contents refused, so that `refusedText` is shown.
 *
 * @example
 * if (result.status === 'refused') ctx.log.warn(result.reason.code)
 *
 * The same text never passes: do not send it again, in a message neither.
 */
export interface RefusedResult extends StreamOutcome {
  readonly status: 'refused'
  readonly endedBy: 'review'
  readonly reason: ApiError
}

/**
 * The result of a card that was broken off: it shows what there was, with `failureText` or what `fail()` was given.
 *
 * @example
 * const result = await card.fail('（模型没有响应）')
 */
export interface FailedResult extends StreamOutcome {
  readonly status: 'failed'
  /** The source, `fail()` or nobody; or a bot that stops. */
  readonly endedBy: 'source' | 'stop'
  /** As the source threw it, as `fail()` was given it, or as the bot says why it stops. */
  readonly reason: unknown
}

/**
 * The outcome of a text: `status` says what people see, and `reason` why.
 *
 * @example
 * const result = await ctx.aiCard().stream(textStream)
 * if (result.status === 'refused') ctx.log.warn(result.reason.message)
 *
 * A source that throws has no result: `stream()` rejects with its error, after the card has ended as failed.
 */
export type StreamResult = FinishedResult | StoppedResult | EmptyResult | RefusedResult | FailedResult

/**
 * The state of an AI card: `idle` until something is written, `processing` until there is text, `inputting` while it comes.
 *
 * @example
 * if (card.state === 'inputting') await card.finish()
 *
 * A card whose text was refused, stopped or empty is `finished` as well: see the `status` of the result.
 */
export type AiCardState = 'idle' | 'processing' | 'inputting' | 'finished' | 'failed'

/**
 * A card whose text is written while people look at it: idle → processing → inputting → finished | failed.
 *
 * @example
 * await using card = ctx.aiCard({ title: '进度' })
 * for await (const step of work()) card.append(`- ${step}\n`)
 * await card.finish()
 *
 * One that nobody ends fails by itself after ten minutes without a word; `await using` ends it with the block.
 */
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
  /** Adds to the text. Returns at once. @throws DingTalkError when the card has ended, whoever ended it: see `signal`. */
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
