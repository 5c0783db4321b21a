import type { Card } from '../deliver/card.ts'
import { isReview, reasonOf } from '../deliver/failure.ts'
import { sayNotice, sayReviewed } from '../deliver/message.ts'
import { noUserId } from '../deliver/target.ts'
import { FORGOTTEN_AFTER } from '../engine/limits.ts'
import { finalText } from '../engine/record.ts'
import { type ButtonKeeper, createButtonKeeper } from './button-keeper.ts'
import { CardText } from './card-text.ts'
import { mergeContent } from './content.ts'
import { type End, LiveCard } from './live-card.ts'
import type { LiveCardDeps } from './live-card-deps.ts'
import type { AiCardContent } from './options.ts'
import { createPace, type Pace } from './pace.ts'
import { TextOutcome } from './text-outcome.ts'
import { createWaker } from './waker.ts'

export interface WriterOptions extends LiveCardDeps {
  readonly content: AiCardContent
  /** Milliseconds between the end of a frame and the next. */
  readonly interval: number
  readonly maxLength: number
  /** Whether the text goes out as a message in any case. */
  readonly isTextOnly?: boolean | undefined
  readonly onState: (state: 'processing' | 'inputting') => void
  /** Nobody has written anything for long, and nobody has ended it. */
  readonly onForgotten: () => void
  /** The review of contents has refused something, so nothing more is to be shown. */
  readonly onReview: () => void
}

export interface WriterEnd {
  readonly status: 'finished' | 'failed'
  readonly notice: string
  /** Shown in place of a blank text. */
  readonly emptyText: string
}

/**
 * Writes one text into as many cards as it takes. All calls are made one after the other by the one loop in here, so
 * there is never more than one on its way.
 */
export class Writer {
  readonly #options: WriterOptions
  readonly #waker = createWaker()
  readonly #cards: Card[] = []
  readonly #ids = new Set<string>()
  readonly #text: CardText
  readonly #buttons: ButtonKeeper
  readonly #outcome: TextOutcome
  readonly #pace: Pace
  #live: LiveCard | undefined
  /** One that could not be opened, and may be there all the same. */
  #unopened: LiveCard | undefined
  #content: AiCardContent
  #isContentNew = false
  #end: WriterEnd | undefined
  #dropFrame: () => void = () => {}
  #opened: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#text = new CardText(options.maxLength)
    this.#buttons = createButtonKeeper(options)
    this.#outcome = new TextOutcome(options.engine, options.template.id, options.onReview)
    this.#pace = createPace(options.interval)
    this.#content = this.#buttons.wired(options.content)
  }

  get cards(): readonly Card[] {
    return this.#cards
  }

  /** Whether a card is one of them, by the id that it was sent with, also before the platform has answered with its own. */
  has(outTrackId: string): boolean {
    return this.#ids.has(outTrackId) || this.#cards.some(card => card.outTrackId === outTrackId)
  }

  get fallback(): { readonly reason: unknown } | undefined {
    return this.#outcome.fallback
  }

  /** The refusal by the review of contents. */
  get review(): unknown {
    return this.#outcome.review
  }

  /** All of the text, in all cards. */
  get text(): string {
    return this.#text.whole
  }

  /** All that is shown besides it. */
  get content(): AiCardContent {
    return this.#content
  }

  /** Creates the card. Resolves when it is there, or it is clear that there will be none. Never rejects. */
  open(): Promise<void> {
    if (!this.#opened) {
      this.#opened = this.#open()
      this.#running = this.#opened.then(() => this.#run())
      // Whoever ends the card hears of it.
      this.#running.catch(() => {})
    }
    return this.#opened
  }

  append(delta: string): void {
    this.#text.append(delta)
    this.#wake()
  }

  /** Takes the place of what the last card holds. */
  replace(text: string): void {
    this.#text.replace(text)
    this.#wake()
  }

  show(content: AiCardContent): void {
    this.#content = mergeContent(this.#content, this.#buttons.wired(content))
    this.#isContentNew = this.#opened !== undefined
    this.#waker.wake(true)
  }

  /** @throws what kept the text from being shown anywhere. */
  async end(end: WriterEnd): Promise<void> {
    this.#end ??= end
    this.#dropFrame()
    this.#waker.wake(true)
    await this.open()
    await this.#running
  }

  #wake(): void {
    void this.open()
    this.#waker.wake()
  }

  async #open(): Promise<void> {
    const { engine, template, isTextOnly, air } = this.#options
    const spared = isTextOnly ? noUserId() : this.#outcome.knownRefusal
    if (isTextOnly) engine.warnOfOutsider()
    try {
      this.#options.onState('processing')
      if (spared !== undefined) throw spared
      const live = new LiveCard(this.#options)
      this.#ids.add(live.card.outTrackId)
      // As it is now: what an end says in the meantime belongs to the end.
      const content = this.#content
      await this.#buttons.keep(live, 'inputting', this.#content)
      this.#unopened = live
      await live.open(content)
      this.#unopened = undefined
      this.#live = live
      this.#cards.push(live.card)
      this.#pace.delivered(air)
      if (template.opening === 'frame') await this.#begin(live)
    } catch (error) {
      this.#live = undefined
      this.#outcome.fallBack(error)
      if (spared !== undefined) return
      if (isReview(error)) return this.#outcome.refuse(error)
      this.#outcome.noCard(error)
      engine.log.warn(`There is no AI card, so the text goes out as a message: ${reasonOf(error)}`)
    }
  }

  /** Does one thing after the other, the most urgent first, until the text has ended. */
  async #run(): Promise<void> {
    for (;;) {
      const { isRefused } = this.#outcome
      const live = this.#live
      if (live && !isRefused) this.#text.layOut()
      if (isRefused && this.#end) return this.#finish(this.#end)
      else if (isRefused) await this.#idle()
      else if (live && this.#text.isOver) await this.#goOn(live)
      else if (this.#end) return this.#finish(this.#end)
      else if (live && this.#isContentNew) await this.#update(live)
      else if (!live || !this.#text.hasNews) await this.#idle()
      else if (!live.hasBegun) await this.#begin(live)
      else if (!live.takesFrames) await this.#idle()
      else if (this.#pace.left() > 0) await this.#waker.wait(this.#pace.left(), true)
      else await this.#frame(live)
    }
  }

  async #idle(): Promise<void> {
    if ((await this.#waker.wait(FORGOTTEN_AFTER)) === 'timeout') this.#options.onForgotten()
  }

  async #begin(live: LiveCard): Promise<void> {
    this.#options.onState('inputting')
    await live.begin(this.#content).catch(error => this.#outcome.refuse(error))
    if (this.#options.template.opening === 'frame') this.#pace.opened()
  }

  async #frame(live: LiveCard): Promise<void> {
    const { sent, drop } = live.frame(() => this.#text.send())
    this.#dropFrame = drop
    const outcome = await sent
    this.#dropFrame = () => {}
    // What was refused for what it says is not said again before there is more.
    if (outcome.kind !== 'sent' && outcome.kind !== 'skipped') this.#text.unsend()
    this.#pace.answered(outcome.kind)
    if (outcome.kind === 'unsafe') this.#outcome.refuse(outcome.error)
  }

  async #update(live: LiveCard): Promise<void> {
    this.#isContentNew = false
    const { log } = this.#options.engine
    await this.#buttons.keep(live, 'inputting', this.#content)
    await live.update(this.#content).catch(error => {
      if (isReview(error)) this.#outcome.refuse(error)
      else log.warn(`A card gets its update only at its end: ${reasonOf(error)}`)
    })
  }

  /** Ends the card that is full, and goes on in another. */
  async #goOn(live: LiveCard): Promise<void> {
    const text = this.#text.freeze()
    const end = { text, status: 'finished', notice: '', emptyText: '', content: this.#content, isFrozen: true } as const
    this.#outcome.ended(await live.end(end))
    this.#live = undefined
    if (this.#outcome.isRefused) return
    this.#isContentNew = false
    await this.#open()
  }

  async #finish(end: WriterEnd): Promise<void> {
    const { isRefused, isNoticed, review } = this.#outcome
    if (this.#live) {
      if (!isRefused) await this.#buttons.keep(this.#live, end.status, this.#content)
      this.#outcome.ended(await this.#live.end({ ...end, text: this.#text.tail, content: this.#content, review }))
    } else if (!isNoticed) await this.#sayAll({ ...end, text: this.#text.rest })
  }

  /** Says it as a message. */
  async #sayAll(end: Omit<End, 'content'>): Promise<void> {
    const { say, refusedText } = this.#options
    const text = finalText(end)
    if (this.#outcome.isRefused) await sayNotice(say, refusedText)
    else if (text !== '')
      this.#outcome.ended({ review: await sayReviewed(say, this.#content.title ?? '', text, refusedText) })
    await this.#unopened?.abandon(this.#outcome.isRefused ? { ...end, text: refusedText } : end)
  }
}
