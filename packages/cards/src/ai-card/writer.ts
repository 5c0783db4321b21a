import { DingTalkError } from '@dingware/core'
import type { Card } from '../deliver/card.ts'
import { isLasting, isReview, reasonOf } from '../deliver/failure.ts'
import { sayNotice, sayReviewed } from '../deliver/message.ts'
import { WATCHDOG } from '../engine/limits.ts'
import { finalText } from '../engine/record.ts'
import { isBlank } from '../text/well-formed.ts'
import { createBell } from './bell.ts'
import { type ButtonKeeper, createButtonKeeper } from './button-keeper.ts'
import { mergeContent } from './content.ts'
import { Fate } from './fate.ts'
import type { FrameOutcome } from './frame-judge.ts'
import { createLiveCard, type End, type LiveCard, type LiveCardDeps } from './live-card.ts'
import type { AiCardContent } from './options.ts'
import { CardText } from './text.ts'

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

/** After a frame was refused for coming too fast, the next waits at least so long. Milliseconds. */
const THROTTLED_PAUSE = 2_000

/**
 * Writes one text into as many cards as it takes. All calls are made one after the other by the one loop in here, so
 * there is never more than one on its way.
 */
export class Writer {
  readonly #options: WriterOptions
  readonly #bell = createBell()
  readonly #cards: Card[] = []
  readonly #ids = new Set<string>()
  readonly #text: CardText
  readonly #buttons: ButtonKeeper
  readonly #fate: Fate
  #live: LiveCard | undefined
  /** One that could not be opened, and may be there all the same. */
  #ghost: LiveCard | undefined
  #content: AiCardContent
  /** What was sent last, so that the same is not sent again. */
  #shown: string | undefined
  #isRefused = false
  #isContentNew = false
  #isBegun = false
  #end: WriterEnd | undefined
  #dropFrame: () => void = () => {}
  #nextAt = 0
  #opened: Promise<void> | undefined
  #running: Promise<void> | undefined

  constructor(options: WriterOptions) {
    this.#options = options
    this.#text = new CardText(options.maxLength)
    this.#buttons = createButtonKeeper(options)
    this.#fate = new Fate(options.engine, createKey(options.template.id), options.onReview)
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
    return this.#fate.fallback
  }

  /** What the review of contents has refused with. */
  get review(): unknown {
    return this.#fate.review
  }

  /** All of the text, in all cards. */
  get text(): string {
    return this.#text.whole
  }

  /** What is shown besides it. */
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
    this.#bell.ring(true)
  }

  /** @throws what kept the text from being shown anywhere. */
  async end(end: WriterEnd): Promise<void> {
    this.#end ??= end
    this.#dropFrame()
    this.#bell.ring(true)
    await this.open()
    await this.#running
  }

  #wake(): void {
    void this.open()
    this.#bell.ring()
  }

  async #open(): Promise<void> {
    const { engine, template, isTextOnly, air } = this.#options
    const spared = isTextOnly ? noUserId() : engine.breaker.reason(createKey(template.id))
    if (isTextOnly) engine.warnOfOutsider()
    try {
      this.#options.onState('processing')
      if (spared !== undefined) throw spared
      const live = createLiveCard(this.#options)
      this.#ids.add(live.card.outTrackId)
      // As it is now: what an end says in the meantime belongs to the end.
      const content = this.#content
      await this.#buttons.keep(live, 'inputting', this.#content)
      this.#ghost = live
      await live.open(content)
      this.#ghost = undefined
      this.#live = live
      this.#cards.push(live.card)
      this.#nextAt = performance.now() + air
      if (template.opening === 'frame') await this.#begin(live)
    } catch (error) {
      this.#live = undefined
      this.#fate.fallBack(error)
      if (spared !== undefined) return
      if (isReview(error)) return this.#fate.refuse(error)
      if (isLasting(error)) engine.breaker.trip(createKey(template.id), error)
      engine.log.warn(`There is no AI card, so the text goes out as a message: ${reasonOf(error)}`)
    }
  }

  async #run(): Promise<void> {
    for (;;) {
      if (this.#live && !this.#fate.isRefused) this.#text.layOut()
      if (this.#fate.isRefused && this.#end) return this.#finish(this.#end)
      else if (this.#fate.isRefused) await this.#idle()
      else if (this.#live && this.#text.isOver) await this.#rollOver(this.#live)
      else if (this.#end) return this.#finish(this.#end)
      else if (this.#live && this.#isContentNew) await this.#update(this.#live)
      else if (!this.#live || this.#isRefused || !this.#hasNews()) await this.#idle()
      else if (!this.#isBegun) await this.#begin(this.#live)
      else if (performance.now() < this.#nextAt) await this.#bell.wait(this.#nextAt - performance.now(), true)
      else await this.#frame(this.#live)
    }
  }

  /** Whether there is more to be seen than was sent. */
  #hasNews(): boolean {
    const { tail } = this.#text
    return this.#shown === undefined ? !isBlank(this.#text.shown()) : tail !== this.#shown
  }

  async #idle(): Promise<void> {
    if ((await this.#bell.wait(WATCHDOG)) === 'rung') return
    this.#options.onForgotten()
  }

  async #begin(live: LiveCard): Promise<void> {
    if (this.#isBegun) return
    this.#isBegun = true
    this.#options.onState('inputting')
    await live.begin(this.#content).catch(error => this.#fate.refuse(error))
    const { template, interval } = this.#options
    if (template.opening === 'frame') this.#nextAt = Math.max(this.#nextAt, performance.now() + interval)
  }

  async #frame(live: LiveCard): Promise<void> {
    const { sent, drop } = live.frame(() => {
      this.#text.layOut()
      this.#shown = this.#text.tail
      return this.#text.shown()
    })
    this.#dropFrame = drop
    const outcome = await sent
    this.#dropFrame = () => {}
    this.#judge(outcome)
  }

  #judge(outcome: FrameOutcome): void {
    const { kind } = outcome
    this.#isRefused = kind === 'refused'
    // What was refused for what it says is not said again before there is more.
    if (kind !== 'sent' && kind !== 'skipped') this.#shown = undefined
    const { interval } = this.#options
    const pause = kind === 'throttled' ? Math.max(interval, THROTTLED_PAUSE) : interval
    this.#nextAt = performance.now() + pause
    if (outcome.kind === 'unsafe') this.#fate.refuse(outcome.error)
  }

  async #update(live: LiveCard): Promise<void> {
    this.#isContentNew = false
    const { log } = this.#options.engine
    await this.#buttons.keep(live, 'inputting', this.#content)
    await live.update(this.#content).catch(error => {
      if (isReview(error)) this.#fate.refuse(error)
      else log.warn(`A card gets its update only at its end: ${reasonOf(error)}`)
    })
  }

  async #rollOver(live: LiveCard): Promise<void> {
    const text = this.#text.freeze()
    this.#shown = undefined
    const end = { text, status: 'finished', notice: '', emptyText: '', content: this.#content, isFrozen: true } as const
    this.#fate.settle(await live.end(end))
    this.#live = undefined
    if (this.#fate.isRefused) return
    this.#isBegun = false
    this.#isRefused = false
    this.#isContentNew = false
    await this.#open()
  }

  async #finish(end: WriterEnd): Promise<void> {
    const { isRefused, isNoticed, review } = this.#fate
    if (this.#live) {
      if (!isRefused) await this.#buttons.keep(this.#live, end.status, this.#content)
      this.#fate.settle(await this.#live.end({ ...end, text: this.#text.tail, content: this.#content, review }))
    } else if (!isNoticed) await this.#sayAll({ ...end, text: this.#text.rest })
  }

  /** Says it as a message. */
  async #sayAll(end: Omit<End, 'content'>): Promise<void> {
    const { say, refusedText } = this.#options
    const text = finalText(end)
    if (this.#fate.isRefused) await sayNotice(say, refusedText)
    else if (text !== '')
      this.#fate.settle({ review: await sayReviewed(say, this.#content.title ?? '', text, refusedText) })
    await this.#ghost?.abandon(this.#fate.isRefused ? { ...end, text: refusedText } : end)
  }
}

function noUserId(): DingTalkError {
  const message = 'No card can be delivered to somebody who has no userId, so the text goes out as a message.'
  return new DingTalkError(message, { code: 'ERR_NO_CARD_TARGET' })
}

function createKey(templateId: string): string {
  return `create:${templateId}`
}
