import { DingTalkError } from '@dingware/core'
import { reasonOf } from '../deliver/failure.ts'
import type { Endable } from '../engine/engine.ts'
import { DEFAULT_IDLE_TIMEOUT } from '../engine/limits.ts'
import { readSource } from '../text/read.ts'
import type { TextSource } from '../text/source.ts'
import { isBlank } from '../text/well-formed.ts'
import { mergeContent } from './content.ts'
import type { AiCard, AiCardContent, AiCardState, StreamOptions, StreamResult } from './options.ts'
import { type EndCause, resultOf } from './result.ts'
import { partTaker, type SourceInfo } from './source-parts.ts'
import { Writer, type WriterOptions } from './writer.ts'

export interface AiCardDeps extends Omit<WriterOptions, 'onState' | 'onForgotten' | 'onReview'> {
  /** Aborts when the update that the card belongs to is not to be handled any longer. */
  readonly stopSignal: AbortSignal | undefined
  readonly onBegin?: ((ended: AbortSignal) => void) | undefined
  readonly endContent?: AiCardContent | undefined
  /** Shown in place of a blank text. */
  readonly emptyText: string
}

/** An AI card: its states, and the one end that it has, whoever asks for it first. */
export class StreamingCard implements AiCard, Endable {
  readonly #deps: AiCardDeps
  readonly #writer: Writer
  readonly #onStop = (): void => void this.stop()
  readonly #onAbort = (): void => void this.#end({ by: 'abort', reason: this.#abortReason() }).catch(() => {})
  /** Aborts when the card ends, whoever ended it, so that its source is told. */
  readonly #ended = new AbortController()
  #state: AiCardState = 'idle'
  #hasBegun = false
  #isReading = false
  /** All that a source has told besides text; undefined for a card that is written by hand. */
  #info: SourceInfo | undefined
  /** Signals that end the card. */
  readonly #signals: AbortSignal[] = []
  /** The content that a stream wants shown at its end, however that comes. */
  #lastContent: AiCardContent = {}
  #result: Promise<StreamResult> | undefined

  constructor(deps: AiCardDeps) {
    this.#deps = deps
    this.#writer = new Writer({
      ...deps,
      onState: state => {
        if (!this.#result) this.#state = state
      },
      onForgotten: () => this.#forgotten(),
      onReview: () => void this.#end({ by: 'review' }).catch(() => {}),
    })
    if (deps.options.signal) this.#signals.push(deps.options.signal)
  }

  get state(): AiCardState {
    return this.#state
  }

  get signal(): AbortSignal {
    return this.#ended.signal
  }

  get outTrackId(): string | undefined {
    return this.#writer.cards.at(-1)?.outTrackId
  }

  /** Whether a card is one of those that the text is written into. */
  has(outTrackId: string): boolean {
    return this.#writer.has(outTrackId)
  }

  async start(): Promise<void> {
    this.#begin()
    await this.#writer.open()
  }

  append(delta: string): void {
    this.#begin()
    this.#writer.append(textOf(delta))
  }

  replace(markdown: string): void {
    this.#begin()
    this.#writer.replace(textOf(markdown))
  }

  async update(content: AiCardContent): Promise<void> {
    this.#assertOpen()
    this.#writer.show(content)
  }

  finish(final?: string, content: AiCardContent = {}): Promise<StreamResult> {
    if (this.#result) return this.#result
    this.#begin()
    if (final !== undefined && final !== null) this.#writer.replace(textOf(final))
    this.#lastContent = { ...this.#lastContent, ...content }
    return this.#end({ by: 'source' })
  }

  fail(reason?: string): Promise<StreamResult> {
    // What was caught comes here as well, from JavaScript: that is for a log, and not for people.
    return this.#end({ by: 'failure', reason, notice: typeof reason === 'string' ? reason : undefined })
  }

  async stream(source: TextSource, options: StreamOptions = {}): Promise<StreamResult> {
    const {
      signal,
      idleTimeout = this.#deps.options.idleTimeout ?? DEFAULT_IDLE_TIMEOUT,
      onReasoning,
      onPart,
      ...content
    } = options
    this.#begin()
    this.#lastContent = content
    this.#isReading = true
    const info: SourceInfo = { hasThought: false, finishReason: undefined }
    this.#info = info
    if (signal) this.#signals.push(signal)
    void this.#writer.open()
    signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (signal?.aborted) this.#onAbort()
    try {
      const take = partTaker({ onReasoning, onPart }, info, delta => this.#take(delta))
      await readSource(source, { idleTimeout, signal: this.#ended.signal, onPart: take })
    } catch (error) {
      // Whoever ended the card has the say, and the source was only told.
      if (this.#result) return await this.#result
      await this.#end({ by: 'failure', reason: error }).catch(second =>
        this.#deps.engine.log.error(`The text of a card was not shown: ${reasonOf(second)}`),
      )
      throw error
    } finally {
      this.#isReading = false
      signal?.removeEventListener('abort', this.#onAbort)
    }
    return this.finish()
  }

  async recall(): Promise<void> {
    for (const card of this.#writer.cards) await card.recall()
  }

  async stop(): Promise<void> {
    const { stopSignal } = this.#deps
    const reason = stopSignal?.aborted ? stopSignal.reason : new Error('the bot stops')
    await this.#end({ by: 'stop', reason }).catch(() => {})
  }

  /** A card that nobody ended fails; one that never began leaves no trace. */
  async [Symbol.asyncDispose](): Promise<void> {
    // Whoever ended it has heard what became of that.
    if (this.#hasBegun) await this.fail().catch(() => {})
  }

  #forgotten(): void {
    // A source has a limit of its own.
    if (this.#isReading) return
    this.#deps.engine.log.warn(
      'An AI card was left open, and ends now. Call finish() or fail(), or declare it with `await using`.',
    )
    this.fail().catch(() => {})
  }

  #take(delta: string): void {
    if (!this.#result) this.append(delta)
  }

  /** The first call of anything: from now on the card is somebody's to end. */
  #begin(): void {
    this.#assertOpen()
    const { engine, options, stopSignal } = this.#deps
    if (this.#hasBegun) return
    this.#hasBegun = true
    engine.open.add(this)
    this.#deps.onBegin?.(this.#ended.signal)
    stopSignal?.addEventListener('abort', this.#onStop, { once: true })
    options.signal?.addEventListener('abort', this.#onAbort, { once: true })
    if (stopSignal?.aborted) this.#onStop()
    else if (options.signal?.aborted) this.#onAbort()
  }

  #assertOpen(): void {
    if (!this.#result) return
    const how = this.#writer.review === undefined ? this.#state : 'refused by the review of contents'
    const problem = `The AI card has ended (${how}), so nothing can be written to it any more. Start another with ctx.aiCard().`
    throw new DingTalkError(problem, { code: 'ERR_CARD_ENDED' })
  }

  #abortReason(): unknown {
    return this.#signals.find(({ aborted }) => aborted)?.reason
  }

  #end(cause: EndCause): Promise<StreamResult> {
    this.#result ??= this.#settle(cause)
    return this.#result
  }

  async #settle(cause: EndCause): Promise<StreamResult> {
    const { engine, options, stopSignal } = this.#deps
    const status = cause.by === 'failure' || cause.by === 'stop' ? 'failed' : 'finished'
    this.#state = status
    this.#writer.show(mergeContent(this.#deps.endContent ?? {}, this.#lastContent))
    queueMicrotask(() => this.#ended.abort(new Error('the card has ended')))
    const { notice = this.#deps.notice } = cause
    try {
      if (this.#hasBegun) await this.#writer.end({ status, notice, emptyText: this.#emptyText() })
    } finally {
      engine.open.delete(this)
      stopSignal?.removeEventListener('abort', this.#onStop)
      options.signal?.removeEventListener('abort', this.#onAbort)
    }
    const { text, cards, fallback, review } = this.#writer
    const isEmpty = isBlank(text) && this.#emptyText() !== ''
    return resultOf({ text, cards, fallback, finishReason: this.#info?.finishReason }, cause, {
      review,
      isEmpty,
      hasThought: this.#info?.hasThought ?? false,
    })
  }

  /** Nothing where a card that is written by hand says what it has to say elsewhere. */
  #emptyText(): string {
    const { staticMarkdown = '', data = {} } = this.#writer.content
    const isElsewhere = !this.#info && (!isBlank(staticMarkdown) || Object.keys(data).length > 0)
    return isElsewhere ? '' : this.#deps.emptyText
  }
}

/** Text that is given by hand: the deltas of models are `null` and `undefined` now and then, and neither is a word. */
function textOf(given: string | null | undefined): string {
  return String(given ?? '')
}
